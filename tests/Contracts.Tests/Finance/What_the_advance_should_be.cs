using Delegation.Contracts.Finance;
using Delegation.Contracts.V1;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Contracts.Tests.Finance;

/// <summary>The advance of funds by its formula: worked examples, and what holds whatever the figures.</summary>
public sealed class What_the_advance_should_be
{
    /// <summary>900 000 € in the 90 days of January to March are 10 000 € a day; 15 days of it and 10 % more are 165 000 €.</summary>
    [Theory]
    [InlineData(900_000_00, 90, 165_000_00)]
    [InlineData(900_000_01, 90, 166_000_00)]
    [InlineData(905_000_00, 90, 166_000_00)]
    [InlineData(100_000_00, 90, 50_000_00)]
    [InlineData(9_000_000_00, 90, 500_000_00)]
    [InlineData(0, 90, 50_000_00)]
    public void It_covers_days_of_benefits_with_a_margin_raised_to_the_step_between_floor_and_ceiling(long paid, int days, long cents) =>
        Assert.Equal(cents, AdvanceRule.Estimate(Purse.Advance, paid, days));

    [Fact]
    public void Without_step_floor_and_ceiling_it_is_raised_to_the_cent() => Assert.Equal(
        3_33, AdvanceRule.Estimate(new AdvanceTerms { CoverageDays = 1 }, 9_97, 3));

    [Theory]
    [InlineData(100_000_00, 104_999_99, 0)]
    [InlineData(100_000_00, 105_000_00, 5_000_00)]
    [InlineData(100_000_00, 95_000_00, -5_000_00)]
    [InlineData(100_000_00, 95_000_01, 0)]
    [InlineData(0, 50_000_00, 50_000_00)]
    public void It_moves_only_from_the_threshold_on(long advance, long wanted, long moved) => Assert.Equal(moved, AdvanceRule.Adjustment(Purse.Advance, advance, wanted));

    [Theory]
    [InlineData("2026-04-15", "2026-01-01", "2026-03-31")]
    [InlineData("2026-03-31", "2026-01-01", "2026-03-31")]
    [InlineData("2026-03-30", "2025-12-01", "2026-02-28")]
    [InlineData("2026-01-01", "2025-10-01", "2025-12-31")]
    public void It_looks_back_on_whole_months(string day, string first, string last) =>
        Assert.Equal((DateOnly.Parse(first, null), DateOnly.Parse(last, null)), AdvanceRule.Window(Purse.Advance, DateOnly.Parse(day, null)));

    /// <summary>Whatever was paid: between floor and ceiling, never less for more benefits, and once it has moved there is nothing left to move.</summary>
    [Fact]
    public void It_stays_between_floor_and_ceiling_grows_with_the_benefits_and_comes_to_rest() => Prop.ForAll(
        (from paid in Gen.Choose(0, int.MaxValue) from more in Gen.Choose(0, 1_000_000) from days in Gen.Choose(28, 366) from held in Gen.Choose(0, 600_000_00) select (paid, more, days, held)).ToArbitrary(),
        at =>
        {
            var wanted = AdvanceRule.Estimate(Purse.Advance, at.paid, at.days);
            var moved = AdvanceRule.Adjustment(Purse.Advance, at.held, wanted);
            return wanted >= Purse.Advance.Floor.MinorUnits && wanted <= Purse.Advance.Ceiling.MinorUnits
                && AdvanceRule.Estimate(Purse.Advance, (long)at.paid + at.more, at.days) >= wanted
                && (moved == 0 || at.held + moved == wanted)
                && AdvanceRule.Adjustment(Purse.Advance, at.held + moved, wanted) == 0;
        }).QuickCheckThrowOnFailure();
}
