using System.Xml.Linq;

namespace Delegation.Watch.Feeds;

/// <summary>
/// RSS 2.0 with its forerunners, RSS 1.0 and Atom. Names are taken without their namespaces, and from namespaces that everybody uses: feeds in the wild declare none,
/// a wrong one, or mix all of them.
/// </summary>
internal static class XmlFeeds
{
    private static readonly XNamespace Xml = XNamespace.Xml;

    /// <summary>The format, the title and the entries; null for XML that is no feed.</summary>
    public static (string Format, string Title, IEnumerable<EntryParts> Entries)? Read(XDocument document, Uri address)
    {
        var root = document.Root!;
        switch (root.Name.LocalName.ToLowerInvariant())
        {
            case "rss" when Child(root, "channel") is { } channel:
                // Some put entries beside the channel.
                return ("rss-2.0", Text(channel, "title"), Children(channel, "item").Concat(Children(root, "item")).Select(item => Rss(item, Base(item, ChannelBase(channel, address)))));
            case "rdf":
                var described = Child(root, "channel");
                return ("rss-1.0", described is null ? "" : Text(described, "title"), Children(root, "item").Select(item => Rss(item, Base(item, address))));
            case "channel":
                return ("rss-2.0", Text(root, "title"), Children(root, "item").Select(item => Rss(item, Base(item, ChannelBase(root, address)))));
            case "feed":
                return ("atom-1.0", Text(root, "title"), Children(root, "entry").Select(entry => Atom(entry, Base(entry, address))));
            default:
                return null;
        }
    }

    private static EntryParts Rss(XElement item, Uri from)
    {
        var guid = Child(item, "guid");
        // A guid that is no permalink, or that does not look like an address, leads nowhere.
        var permalink = guid is not null && !string.Equals(guid.Attribute("isPermaLink")?.Value, "false", StringComparison.OrdinalIgnoreCase)
            && guid.Value.Trim().StartsWith("http", StringComparison.OrdinalIgnoreCase) ? guid.Value : "";
        var link = Children(item, "link").Select(found => found.Attribute("href")?.Value ?? found.Value).FirstOrDefault(found => found.Trim().Length > 0) ?? permalink;
        return new EntryParts(
            guid?.Value ?? item.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName == "about")?.Value ?? "",
            Text(item, "title"), First(item, "description", "encoded", "summary"), link, from, First(item, "pubDate", "date", "published", "updated"));
    }

    private static EntryParts Atom(XElement entry, Uri from)
    {
        var links = Children(entry, "link").ToArray();
        var link = links.FirstOrDefault(found => (found.Attribute("rel")?.Value ?? "alternate") == "alternate") ?? links.FirstOrDefault();
        return new EntryParts(
            Text(entry, "id"), Content(entry, "title"), Content(entry, "summary") is { Length: > 0 } summary ? summary : Content(entry, "content"),
            link?.Attribute("href")?.Value ?? link?.Value ?? "", link is null ? from : Base(link, from), First(entry, "published", "issued", "updated", "modified", "date"));
    }

    // Of the type xhtml it holds elements, of the others text that may be HTML.
    private static string Content(XElement entry, string name) => Child(entry, name) switch
    {
        null => "",
        { HasElements: true } content => string.Concat(content.Nodes().Select(node => node.ToString(SaveOptions.DisableFormatting))),
        // Plain text that speaks of tags is no HTML.
        { } text when (text.Attribute("type")?.Value ?? "text") == "text" && !text.Value.Contains("</", StringComparison.Ordinal) => System.Net.WebUtility.HtmlEncode(text.Value),
        { } html => html.Value,
    };

    private static string First(XElement parent, params string[] names) => names.Select(name => Text(parent, name)).FirstOrDefault(text => text.Trim().Length > 0) ?? "";

    private static string Text(XElement parent, string name) => Child(parent, name) is { } child
        ? child.HasElements ? string.Concat(child.Nodes().Select(node => node.ToString(SaveOptions.DisableFormatting))) : child.Value
        : "";

    // One without a namespace goes before media:title, itunes:summary and their like.
    private static XElement? Child(XElement parent, string name) =>
        Children(parent, name).OrderBy(child => child.Name.Namespace == parent.Name.Namespace ? 0 : IsOfMedia(child) ? 2 : 1).FirstOrDefault(child => !IsOfMedia(child));

    private static IEnumerable<XElement> Children(XElement parent, string name) =>
        parent.Elements().Where(child => string.Equals(child.Name.LocalName, name, StringComparison.OrdinalIgnoreCase));

    private static bool IsOfMedia(XElement element) =>
        element.Name.NamespaceName.Contains("media", StringComparison.OrdinalIgnoreCase) || element.Name.NamespaceName.Contains("itunes", StringComparison.OrdinalIgnoreCase);

    private static Uri ChannelBase(XElement channel, Uri address) =>
        Base(channel, Uri.TryCreate(address, Text(channel, "link").Trim(), out var site) && (site.Scheme is "http" or "https") ? site : address);

    private static Uri Base(XElement element, Uri address) => element.AncestorsAndSelf().Reverse()
        .Select(at => at.Attribute(Xml + "base")?.Value)
        .OfType<string>()
        .Aggregate(address, (from, part) => Uri.TryCreate(from, part, out var next) ? next : from);
}
