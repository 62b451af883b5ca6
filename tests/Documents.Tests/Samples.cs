using System.Globalization;

namespace Delegation.Documents.Tests;

internal static class Samples
{
    public const string French =
        "Où l'œuvre naît : « çà et là », dit-elle ; à Noël, l'assuré(e) reçoit 1 234,50 € — soit 12 % de plus ! Ÿ Æ Œ Ç É È Ê Ë Ï Ô Ù Û Ü.";

    /// <summary>Headings, paragraphs, lists and tables for some pages.</summary>
    public static Document Long(int sections = 12) => Of([
        new Block.Headline("Contrat de délégation de gestion"),
        .. Enumerable.Range(1, sections).SelectMany(Section),
        new Block.PageBreak(),
        new Block.Heading(1, "Annexes"),
        new Block.Table(
            [new("Annexe", 3), new("Version", 1), new("Empreinte SHA-256", 4)],
            [.. Enumerable.Range(1, 80).Select(number => (IReadOnlyList<string>)[$"Annexe n° {number} : {French}", "1", new string('a', 64)])]),
    ]);

    public static Document Of(params IReadOnlyList<Block> blocks) => new()
    {
        Id = Guid.Parse("0198a000-0000-7000-8000-000000000001"),
        Time = new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero),
        Title = "Contrat de délégation de gestion – Mutuelle de l'Été",
        Footer = "Délégation 0198a000",
        Blocks = blocks,
    };

    private static IEnumerable<Block> Section(int number) =>
    [
        new Block.Heading(1, string.Create(CultureInfo.InvariantCulture, $"Article {number} – Prise d'effet, durée et reconduction")),
        new Block.Paragraph($"{French} {French} {French}\n\n{French} {French}"),
        new Block.Heading(2, "Obligations"),
        new Block.Bullets([French, $"{French} {French}", "Une ligne."]),
    ];
}
