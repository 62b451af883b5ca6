using Delegation.Contracts.Invitations;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Contracts.Tests.Invitations;

public sealed class Codes
{
    [Fact]
    public void A_code_is_32_characters_of_base_32_in_groups_of_four()
    {
        var code = InvitationCode.Random().Reveal();

        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){7}$", code);
    }

    [Fact]
    public void No_two_are_alike_and_every_character_comes_at_every_place()
    {
        var codes = Enumerable.Range(0, 2000).Select(_ => InvitationCode.Random().Reveal()).ToList();

        Assert.Equal(codes.Count, codes.Distinct().Count());
        for (var place = 0; place < codes[0].Length; place++)
            Assert.Equal(codes[0][place] == '-' ? 1 : 32, codes.Select(code => code[place]).Distinct().Count());
    }

    [Fact]
    public void However_it_is_copied_it_is_the_same_code() =>
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
            seed =>
            {
                var code = InvitationCode.Random();
                return InvitationCode.TryParse(Disguised(code.Reveal(), new Random(seed)), out var read) && read.Digest.SequenceEqual(code.Digest);
            }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("7Q2K")]
    [InlineData("UUUU-0000-0000-0000-0000-0000-0000-0000")]
    [InlineData("0000-0000-0000-0000-0000-0000-0000-000")]
    [InlineData("0000-0000-0000-0000-0000-0000-0000-0000-0")]
    [InlineData("0000-0000-0000-0000-0000-0000-0000-000*")]
    public void What_is_no_code_is_none(string text) => Assert.False(InvitationCode.TryParse(text, out _));

    [Fact]
    public void It_does_not_print_itself()
    {
        var code = InvitationCode.Random();

        Assert.DoesNotContain(code.Reveal()[..4], $"{code}", StringComparison.Ordinal);
    }

    private static string Disguised(string code, Random random) => string.Concat(code.Select(character => (character, random.Next(3)) switch
    {
        ('-', 0) => "",
        ('-', 1) => " ",
        ('0', 0) => "O",
        ('0', 1) => "o",
        ('1', 0) => "l",
        ('1', 1) => "I",
        (_, 0) => char.ToLowerInvariant(character).ToString(),
        _ => character.ToString(),
    }));
}
