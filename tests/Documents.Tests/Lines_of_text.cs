using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Documents.Tests;

public sealed class Lines_of_text
{
    private static readonly Arbitrary<string> Texts = (
        from words in Gen.OneOf(
            Gen.Elements("a", "été", "«", "»", ":", "garantie", "12", "€", "\n", "anticonstitutionnellement", "👪👪👪👪👪👪👪👪👪👪")).ListOf()
        select string.Join(' ', words)).ToArbitrary();

    [Fact]
    public void No_line_is_too_long_and_no_sign_is_lost() => Prop.ForAll(Texts, text =>
    {
        var lines = LineBreaks.Of(text, 12, Width).ToArray();
        return lines.All(line => Width(line) <= 12) && Signs(string.Concat(lines)) == Signs(text);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_french_sign_stays_with_the_word_before_it()
    {
        Assert.Equal(["le « nouveau", "contrat\u00A0: il", "vaut 12\u00A0%"], LineBreaks.Of("le « nouveau contrat : il vaut 12 %", 12, Width).Select(line => line.Replace("«\u00A0", "« ", StringComparison.Ordinal)));
        Assert.Equal(["un", "«\u00A0texte\u00A0»"], LineBreaks.Of("un « texte »", 9, Width));
    }

    [Fact]
    public void Line_feeds_and_empty_lines_stay() => Assert.Equal(["a", "", "b"], LineBreaks.Of("a\r\n\nb", 12, Width));

    private static double Width(string text) => text.EnumerateRunes().Count();

    private static string Signs(string text) => string.Concat(text.Where(sign => !char.IsWhiteSpace(sign)));
}
