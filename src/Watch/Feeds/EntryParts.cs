using System.Security.Cryptography;
using System.Text;
using Delegation.Watch.Items;

namespace Delegation.Watch.Feeds;

/// <summary>The parts of an entry as a feed has them, before anybody trusts them.</summary>
/// <param name="Id">As it stands; may be empty.</param>
/// <param name="Title">Text or HTML.</param>
/// <param name="Text">Text or HTML.</param>
/// <param name="Link">As it stands, perhaps relative; may be empty.</param>
/// <param name="Base">Against what the link is relative.</param>
/// <param name="Date">As it stands; may be empty.</param>
internal sealed record EntryParts(string Id, string Title, string Text, string Link, Uri Base, string Date)
{
    private const int SummaryLength = 2000;
    private const int IdLength = 1000;

    /// <summary>The entry; null for one that says nothing.</summary>
    public FeedEntry? ToEntry(DateTimeOffset now)
    {
        var summary = PlainText.Lines(Text, SummaryLength);
        var title = PlainText.Line(Title, ItemDetailsFields.TitleLength);
        if (title.Length == 0)
            title = PlainText.Line(Text, most: 120);
        if (title.Length == 0)
            return null;

        var link = Resolve(Base, Link);
        var id = Id.Trim();
        id = id.Length > 0 ? id : link.Length > 0 ? link : $"{title} {Date}";
        return new FeedEntry(id.Length > IdLength ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id))) : id, title, link, summary, FeedDates.Day(Date, now));
    }

    /// <summary>An address of the web, or nothing: nobody is led to a script or a file.</summary>
    public static string Resolve(Uri from, string link) =>
        link.Trim() is { Length: > 0 and <= ItemDetailsFields.LinkLength } text
        && Uri.TryCreate(from, text, out var address) && (address.Scheme is "http" or "https")
        && address.AbsoluteUri.Length <= ItemDetailsFields.LinkLength && address.UserInfo.Length == 0
            ? address.AbsoluteUri
            : "";
}
