using System.Xml.Linq;
using Delegation.Watch.Sources;

namespace Delegation.Watch.Feeds;

/// <summary>The feeds of an OPML file, in whatever folders they are: http://opml.org/spec2.opml.</summary>
internal static class Opml
{
    public const int MostFeeds = 200;

    /// <summary>Names and addresses, each address once; null for what is no OPML, or has too many.</summary>
    public static IReadOnlyList<(string Name, string Url)>? Read(string text)
    {
        try
        {
            if (SafeXml.Read(text).Root is not { Name.LocalName: "opml" } root)
                return null;

            var feeds = root.Descendants("outline")
                .Select(outline => (Name: PlainText.Line(Attribute(outline, "title") is { Length: > 0 } title ? title : Attribute(outline, "text"), most: 200), Url: Attribute(outline, "xmlUrl").Trim()))
                .Where(feed => feed.Url.Length > 0)
                .DistinctBy(feed => feed.Url)
                .Take(MostFeeds + 1)
                .ToArray();
            return feeds.Length > MostFeeds ? null : feeds;
        }
        catch (FeedFailureException)
        {
            return null;
        }
    }

    private static string Attribute(XElement outline, string name) =>
        outline.Attributes().FirstOrDefault(attribute => string.Equals(attribute.Name.LocalName, name, StringComparison.OrdinalIgnoreCase))?.Value ?? "";
}
