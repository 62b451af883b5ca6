using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Delegation.Watch.Feeds;

/// <summary>
/// The text of HTML from strangers. It is read as browsers read it, and of what was read only text stays: no element, no attribute, nothing of what scripts, styles and
/// frames hold. What comes out is text, and is written as text wherever it is shown.
/// </summary>
internal static class PlainText
{
    private const int MostHtml = 64 * 1024;

    private static readonly HashSet<string> Silent =
    [
        "SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "IFRAME", "FRAME", "FRAMESET", "OBJECT", "EMBED", "APPLET", "SVG", "MATH", "CANVAS", "AUDIO", "VIDEO", "FORM", "BUTTON",
        "SELECT", "TEXTAREA", "NOEMBED", "NOFRAMES", "XMP", "PLAINTEXT", "HEAD", "TITLE",
    ];

    private static readonly HashSet<string> Blocks =
        ["P", "DIV", "BR", "LI", "UL", "OL", "TR", "TABLE", "H1", "H2", "H3", "H4", "H5", "H6", "BLOCKQUOTE", "SECTION", "ARTICLE", "HR", "DT", "DD", "PRE"];

    /// <summary>One line of up to so many characters.</summary>
    public static string Line(string html, int most) => Cut(string.Join(' ', Words(Of(html))), most);

    /// <summary>Lines of up to so many characters together.</summary>
    public static string Lines(string html, int most) =>
        Cut(string.Join('\n', Of(html).Split('\n').Select(line => string.Join(' ', Words(line))).Where(line => line.Length > 0)), most);

    private static string Of(string html)
    {
        var cut = html.Length > MostHtml ? html[..MostHtml] : html;
        // What is no HTML, most titles, is not changed by being read as such; what is escaped twice is once more.
        var text = Extract(cut);
        return text.Contains('<', StringComparison.Ordinal) || text.Contains('&', StringComparison.Ordinal) ? Extract(text) : text;
    }

    // By hand and not by recursion: HTML from strangers nests as deep as it is long.
    private static string Extract(string html)
    {
        using var document = new HtmlParser(new HtmlParserOptions { IsScripting = false }).ParseDocument(html);
        var text = new StringBuilder();
        for (var node = document.Body?.FirstChild; node is not null;)
        {
            if (node is IText words)
                text.Append(words.Data);
            else if (node is IElement element && Blocks.Contains(element.NodeName.ToUpperInvariant()))
                text.Append('\n');

            var enters = node is IElement inner && !Silent.Contains(inner.NodeName.ToUpperInvariant()) && inner.FirstChild is not null;
            node = enters ? node.FirstChild : Next(node, document.Body!, text);
        }

        return text.ToString();
    }

    private static INode? Next(INode node, INode root, StringBuilder text)
    {
        for (var at = node; at is not null && at != root; at = at.Parent)
        {
            if (at != node && Blocks.Contains(at.NodeName.ToUpperInvariant()))
                text.Append('\n');
            if (at.NextSibling is { } next)
                return next;
        }

        return null;
    }

    private static IEnumerable<string> Words(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize().EnumerateRunes())
            if (Rune.IsWhiteSpace(rune))
                visible.Append(' ');
            else if (rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune)
                is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned))
                visible.Append(rune.ToString());

        return visible.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    // At the end of a word, and never within a character.
    private static string Cut(string text, int most)
    {
        if (text.Length <= most)
            return text;

        var end = text.LastIndexOfAny([' ', '\n'], most - 2);
        end = end < most / 2 ? most - 2 : end;
        return $"{text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)].TrimEnd()} …";
    }
}
