using Delegation.Contracts.Organizations;

namespace Delegation.Contracts.Tests.Organizations;

public sealed class Legal_names
{
    [Theory]
    [InlineData("  Mutuelle générale de l'Éducation nationale\u00A0\n", "Mutuelle générale de l'Éducation nationale")]
    [InlineData("AG2R", "AG2R")]
    public void Blanks_around_a_name_are_removed(string text, string expected)
    {
        Assert.True(LegalName.TryParse(text, out var name, out _));
        Assert.Equal(expected, name);
    }

    [Fact]
    public void Two_hundred_characters_are_accepted_and_one_more_is_not()
    {
        Assert.Null(Reason(new string('é', 200)));
        Assert.Equal("LEGAL_NAME_TOO_LONG", Reason(new string('é', 201)));
    }

    [Fact]
    public void A_character_outside_the_basic_plane_counts_once() => Assert.Null(Reason(string.Concat(Enumerable.Repeat("\U0001D49C", 200))));

    [Theory]
    [InlineData("")]
    [InlineData(" \t\u2009")]
    public void A_blank_name_is_refused(string text) => Assert.Equal("LEGAL_NAME_REQUIRED", Reason(text));

    [Theory]
    [InlineData("A\u0000B")]
    [InlineData("A\nB")]
    [InlineData("A\u2028B")]
    [InlineData("A\u202EB")]
    [InlineData("A\u200BB")]
    public void An_invisible_character_is_refused(string text) => Assert.Equal("LEGAL_NAME_INVISIBLE_CHARACTER", Reason(text));

    private static string? Reason(string text) => LegalName.TryParse(text, out _, out var violation) ? null : violation.Reason;
}
