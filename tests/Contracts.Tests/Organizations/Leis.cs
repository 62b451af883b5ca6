using Delegation.Contracts.Organizations;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Contracts.Tests.Organizations;

public sealed class Leis
{
    private static readonly Arbitrary<string> Eighteen =
        Gen.Elements("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".ToCharArray()).ArrayOf(18).Select(characters => new string(characters)).ToArbitrary();

    /// <summary>As the register of GLEIF has them.</summary>
    [Theory]
    [InlineData("7LTWFZYICNSX8D621K86", "Deutsche Bank")]
    [InlineData("R0MUWSFPU8MPRO8K5P83", "BNP Paribas")]
    [InlineData("529900W18LQJJN6SJ336", "Société Générale Effekten")]
    public void The_leis_of_known_bodies_are_accepted(string lei, string body) => Assert.True(Reason(lei) is null, body);

    [Fact]
    public void One_may_be_grouped_and_in_small_letters_and_none_may_be_given()
    {
        Assert.True(Lei.TryParse(" r0mu wsfp u8mp ro8k 5p83", out var lei, out _));
        Assert.Equal("R0MUWSFPU8MPRO8K5P83", lei);
        Assert.True(Lei.TryParse("", out lei, out _));
        Assert.Equal("", lei);
    }

    [Theory]
    [InlineData("R0MUWSFPU8MPRO8K5P8", "LEI_MALFORMED")]
    [InlineData("R0MUWSFPU8MPRO8K5P833", "LEI_MALFORMED")]
    [InlineData("R0MUWSFPU8MPRO8K5PAB", "LEI_MALFORMED")]
    [InlineData("R0MUWSFPU8MPRO8KÉP83", "LEI_MALFORMED")]
    [InlineData("R0MUWSFPU8MPRO8K5P84", "LEI_WRONG_CHECK_DIGITS")]
    public void Each_mistake_has_a_reason_of_its_own(string text, string reason) => Assert.Equal(reason, Reason(text));

    [Fact]
    public void Eighteen_characters_have_one_pair_of_check_digits_of_02_to_98() =>
        Prop.ForAll(Eighteen, start => Completions(start).Count() == 1).QuickCheckThrowOnFailure();

    /// <summary>A letter and a digit beside each other have three blind spots, B1, M2 and X3: a letter counts as two digits.</summary>
    [Fact]
    public void A_lei_with_two_neighbouring_letters_or_digits_swapped_is_refused() =>
        Prop.ForAll(Eighteen, start => Completions(start).SelectMany(NeighboursSwapped).All(swapped => Reason(swapped) is not null)).QuickCheckThrowOnFailure();

    private static IEnumerable<string> Completions(string start) =>
        Enumerable.Range(2, 97).Select(check => $"{start}{check:00}").Where(lei => Reason(lei) is null);

    private static IEnumerable<string> NeighboursSwapped(string lei) =>
        from position in Enumerable.Range(0, 17)
        where lei[position] != lei[position + 1] && char.IsAsciiDigit(lei[position]) == char.IsAsciiDigit(lei[position + 1])
        select $"{lei[..position]}{lei[position + 1]}{lei[position]}{lei[(position + 2)..]}";

    private static string? Reason(string text) => Lei.TryParse(text, out _, out var violation) ? null : violation.Reason;
}
