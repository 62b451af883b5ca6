using FsCheck;
using FsCheck.Fluent;

namespace Delegation.StandIns.Tests.Model;

/// <summary>A parameter whose value is generated.</summary>
public sealed class GeneratedValueTests
{
    [Fact]
    public void It_has_the_demanded_length_and_characters_and_no_others()
    {
        var rules = from length in Gen.Choose(1, 60)
                    from lower in Gen.Choose(0, 9)
                    from upper in Gen.Choose(0, 9)
                    from numeric in Gen.Choose(0, 9)
                    from special in Gen.Elements(true, false)
                    select new GenerateParameterDefault { MinLength = length, MinLower = lower, MinUpper = upper, MinNumeric = numeric, Special = special };

        Prop.ForAll(rules.ToArbitrary(), rule =>
        {
            var value = rule.GetDefaultValue();
            return value.Length == Math.Max(rule.MinLength, rule.MinLower + rule.MinUpper + rule.MinNumeric)
                && value.Count(char.IsAsciiLetterLower) >= rule.MinLower
                && value.Count(char.IsAsciiLetterUpper) >= rule.MinUpper
                && value.Count(char.IsAsciiDigit) >= rule.MinNumeric
                && (rule.Special || value.All(char.IsAsciiLetterOrDigit));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void It_is_another_one_each_time() =>
        Assert.Equal(100, Enumerable.Range(0, 100).Select(_ => new GenerateParameterDefault().GetDefaultValue()).Distinct().Count());

    [Fact]
    public void Demanding_what_is_forbidden_is_refused() =>
        Assert.Throws<ArgumentException>(() => new GenerateParameterDefault { Upper = false, MinUpper = 1 }.GetDefaultValue());
}
