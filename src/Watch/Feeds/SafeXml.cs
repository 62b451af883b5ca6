using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Delegation.Watch.Sources;

namespace Delegation.Watch.Feeds;

/// <summary>
/// XML from strangers: no document type, and so no entity and no file or address that it could name; nothing deeper or longer than a feed is. What is not quite XML, as
/// feeds often are not, is mended once: characters that XML has not, entities of HTML, ampersands that stand alone.
/// </summary>
internal static partial class SafeXml
{
    private const int MostCharacters = 6 * 1024 * 1024;
    private const int MostDepth = 64;

    private static XmlReaderSettings Settings => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MostCharacters,
        MaxCharactersFromEntities = 1024,
        CloseInput = true,
    };

    /// <exception cref="FeedFailureException">DTD_REFUSED, TOO_DEEP, or NOT_A_FEED.</exception>
    public static XDocument Read(string text)
    {
        if (Doctype().IsMatch(text))
            throw new FeedFailureException(FeedFailureException.DtdRefused);

        text = text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return Parse(text) ?? Parse(Mended(text)) ?? throw new FeedFailureException(FeedFailureException.NotAFeed);
    }

    private static XDocument? Parse(string text)
    {
        try
        {
            // Depth first: a tree is built of nothing that is too deep to walk.
            using (var depths = XmlReader.Create(new StringReader(text), Settings))
                while (depths.Read())
                    if (depths.Depth > MostDepth)
                        throw new FeedFailureException(FeedFailureException.TooDeep);

            using var reader = XmlReader.Create(new StringReader(text), Settings);
            return XDocument.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string Mended(string text)
    {
        var characters = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is 0x9 or 0xA or 0xD or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or >= 0x10000)
                characters.Append(rune.ToString());

        return Ampersand().Replace(characters.ToString(), match => match.Groups["name"].Value switch
        {
            "" => "&amp;",
            "amp" or "lt" or "gt" or "quot" or "apos" => match.Value,
            var name when WebUtility.HtmlDecode($"&{name};") is var decoded && decoded[0] != '&' => string.Concat(
                decoded.EnumerateRunes().Select(rune => string.Create(CultureInfo.InvariantCulture, $"&#{rune.Value};"))),
            var name => $"&amp;{name};",
        });
    }

    // Before the root only: in the text of an entry somebody may write about document types.
    [GeneratedRegex(@"\A\s*\uFEFF?\s*(?:<\?[^>]*\?>\s*|<!--(?:(?!-->).)*-->\s*)*<!DOCTYPE", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Doctype();

    [GeneratedRegex(@"&(?!#\d{1,7};|#x[0-9A-Fa-f]{1,6};)(?:(?<name>[A-Za-z][A-Za-z0-9]{1,30});)?")]
    private static partial Regex Ampersand();
}
