using System.Globalization;
using Delegation.Documents;
using Delegation.Watch.V1;

namespace Delegation.Watch.Bulletins;

/// <summary>A bulletin as a document on paper: the calendar first, then each item of each stream.</summary>
internal static class BulletinPages
{
    public static Document Of(BulletinRow bulletin)
    {
        var words = new BulletinWords(bulletin.Language);
        var entries = ProtoJson.ReadList<BulletinEntry>(bulletin.Entries);
        var summary = bulletin.ToSummary();
        return new Document
        {
            Id = bulletin.Id,
            Time = bulletin.PublishTime,
            Title = bulletin.Title,
            Footer = string.Create(CultureInfo.InvariantCulture, $"{words.Of("Watch bulletin", "Livrable de veille")} · v{bulletin.Version} · {bulletin.Id}"),
            Blocks =
            [
                new Block.Headline(bulletin.Title),
                new Block.Note(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{words.Period(summary.PeriodStartDay, summary.PeriodEndDay)} · {words.Of("version", "version")} {bulletin.Version} · {entries.Count} {words.Of("items", "sujets")}{words.Extract(bulletin)}")),
                .. Paragraph(bulletin.Introduction),
                .. Calendar(entries, words),
                .. entries.GroupBy(entry => entry.Stream).SelectMany(stream => new Block[] { new Block.Heading(1, words.Stream(stream.Key)) }.Concat(stream.SelectMany(entry => Of(entry, words)))),
            ],
        };
    }

    private static IEnumerable<Block> Of(BulletinEntry entry, BulletinWords words) =>
    [
        new Block.Heading(2, entry.Title),
        .. Paragraph(entry.Summary),
        .. words.Facts(entry) is { Count: > 0 } facts
            ? [new Block.Table([new("", 2), new("", 6)], [.. facts.Select(fact => (IReadOnlyList<string>)[fact.Name, fact.Value])])]
            : Array.Empty<Block>(),
        .. entry.Actions.Count > 0 ? [new Block.Bullets([.. entry.Actions.Select(words.Action)])] : Array.Empty<Block>(),
        .. entry.Link.Length > 0 ? [new Block.Note(entry.Link)] : Array.Empty<Block>(),
    ];

    private static IEnumerable<Block> Calendar(IReadOnlyList<BulletinEntry> entries, BulletinWords words)
    {
        var dated = entries.Where(entry => entry.NextDay.Length > 0).OrderBy(entry => entry.NextDay, StringComparer.Ordinal).ToArray();
        if (dated.Length == 0)
            return [];

        return
        [
            new Block.Heading(1, words.Of("Calendar", "Calendrier")),
            new Block.Table(
                [new(words.Of("Day", "Échéance"), 3), new(words.Of("Item", "Sujet"), 9), new(words.Of("Stream", "Volet"), 3)],
                [.. dated.Select(entry => (IReadOnlyList<string>)[words.Day(entry.NextDay), entry.Title, words.Stream(entry.Stream)])]),
        ];
    }

    private static IEnumerable<Block> Paragraph(string text) => text.Length > 0 ? [new Block.Paragraph(text)] : [];
}
