using Delegation.Watch.Sources;

namespace Delegation.Watch.Feeds;

/// <summary>Reads a feed of any of the known formats, well-formed or not quite.</summary>
internal static class FeedParser
{
    /// <param name="bytes">The feed.</param>
    /// <param name="charset">What the header says of its charset; null for nothing.</param>
    /// <param name="address">Where it was: what its links are relative to.</param>
    /// <param name="now">Later dates are wrong.</param>
    /// <exception cref="FeedFailureException">DTD_REFUSED, TOO_DEEP, or NOT_A_FEED.</exception>
    public static ParsedFeed Parse(byte[] bytes, string? charset, Uri address, DateTimeOffset now)
    {
        var text = FeedText.Decode(bytes, charset);
        if (text.AsSpan().TrimStart(" \t\r\n\uFEFF").StartsWith("{"))
            return JsonFeed.Read(text.TrimStart('\uFEFF'), address) is { } json ? Feed("json-feed", json.Title, json.Entries, now) : throw new FeedFailureException(FeedFailureException.NotAFeed);

        return XmlFeeds.Read(SafeXml.Read(text), address) is { } xml
            ? Feed(xml.Format, xml.Title, xml.Entries, now)
            : throw new FeedFailureException(FeedFailureException.NotAFeed);
    }

    private static ParsedFeed Feed(string format, string title, IEnumerable<EntryParts> entries, DateTimeOffset now) => new(
        format,
        PlainText.Line(title, most: 200),
        [.. entries.Take(ParsedFeed.MostEntries).Select(entry => entry.ToEntry(now)).OfType<FeedEntry>().DistinctBy(entry => entry.Id)]);
}
