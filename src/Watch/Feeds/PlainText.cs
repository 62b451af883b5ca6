using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Delegation.Watch.Feeds;

/// <summary>
/// The text of HTML from strangers. It is read as browsers read it, and of what was read only text stays: no element, no attribute, nothing of what scripts, styles and
/// frames hold. What comes out is text, and is written as text wherever it is shown.
/// </summary>
internal static partial class PlainText
{
    // Reading takes time with the square of how deep it is nested. What is cut off lies far behind the length of a summary.
    private const int MostHtml = 32 * 1024;
    private const int MostTags = 1000;

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
        var text = Extract(Bounded(html));
        // Many escape twice.
        return Markup().IsMatch(text) ? Extract(text) : text;
    }

    private static string Bounded(string html)
    {
        var (end, most) = (-1, Math.Min(html.Length, MostHtml));
        for (var tags = 0; tags <= MostTags; tags++)
        {
            end = html.IndexOf('<', end + 1);
            if (end < 0 || end >= most)
                return html[..most];
        }

        return html[..end];
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

    private static string[] Words(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
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

    [GeneratedRegex(@"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});|</?(?:a|b|br|div|em|h[1-6]|i|iframe|img|li|object|ol|p|script|span|strong|style|svg|table|ul)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Markup();
}
