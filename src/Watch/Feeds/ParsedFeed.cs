namespace Delegation.Watch.Feeds;

/// <summary>What a feed says, as plain text.</summary>
/// <param name="Format"><c>rss-2.0</c>, <c>rss-1.0</c>, <c>atom-1.0</c> or <c>json-feed</c>.</param>
/// <param name="Title">What it is called; may be empty.</param>
/// <param name="Entries">Its entries in their order; those without title and text are left out.</param>
internal sealed record ParsedFeed(string Format, string Title, IReadOnlyList<FeedEntry> Entries)
{
    /// <summary>More than any feed has; those after are left for the next reading, when the first ones are gone.</summary>
    public const int MostEntries = 300;
}

/// <summary>An entry of a feed.</summary>
/// <param name="Id">What it is known again by: its own id, else its address, else a hash of what it says.</param>
/// <param name="Title">Its title, or how its text begins.</param>
/// <param name="Link">An http or https address; may be empty.</param>
/// <param name="Summary">Its text; may be empty.</param>
/// <param name="PublicationDay">In Paris; null without a date that can be right.</param>
internal sealed record FeedEntry(string Id, string Title, string Link, string Summary, DateOnly? PublicationDay);
