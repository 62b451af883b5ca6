using System.Globalization;
using Delegation.Access.V1;
using Delegation.Documents;
using Kind = Delegation.Delivery.V1.AcceptanceReport.Types.Kind;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>
/// A sealed report as a document. It lays out the text that both sides signed, line by line, and adds their signatures and the hash: what
/// happened to the project since is not in it, and the same report gives the same file ever after.
/// </summary>
internal static class ReportPages
{
    /// <param name="report">A report that is sealed.</param>
    public static Document Of(ReportRow report)
    {
        var parts = report.Text.TrimEnd('\n').Split("\n\n").Select(part => part.Split('\n')).ToArray();
        return new Document
        {
            Id = report.Id,
            Time = report.SealTime!.Value,
            Title = $"{Name(report.Is)} – {report.Id}",
            Footer = $"{report.Id} · SHA-256 du texte {report.TextSha256[..16]}…",
            Blocks =
            [
                new Block.Headline(string.Join(' ', parts[0])),
                new Block.Table([new("", 2), new("", 5)], [.. parts[1].Select(Row)]),
                .. parts.Skip(2).SelectMany(Part),
                .. Signing(report),
            ],
        };
    }

    /// <summary>What the file is called when it is saved.</summary>
    public static string FileName(ReportRow report) => $"{(report.Is == Kind.Homologation ? "pv-homologation" : "pv-recette")}-{report.Id}.pdf";

    private static string Name(Kind kind) => kind == Kind.Homologation ? "Procès-verbal d'homologation" : "Procès-verbal de recette";

    // "Campagne : Recette (…)": what it is before the colon, and all that follows beside it.
    private static IReadOnlyList<string> Row(string line) => line.Split(" : ", 2) is [var name, var value] ? [name, value] : [line, ""];

    // A heading, then items or sentences.
    private static IEnumerable<Block> Part(string[] lines)
    {
        yield return new Block.Heading(1, lines[0]);
        var items = lines.Skip(1).Where(IsItem).Select(line => line[2..]).ToArray();
        if (items.Length > 0)
            yield return new Block.Bullets(items);
        foreach (var sentence in lines.Skip(1).Where(line => !IsItem(line)))
            yield return new Block.Paragraph(sentence);
    }

    private static bool IsItem(string line) => line.StartsWith("- ", StringComparison.Ordinal);

    private static IEnumerable<Block> Signing(ReportRow report) =>
    [
        new Block.Heading(1, "SIGNATURES"),
        new Block.Table(
            [new("Partie", 2), new("Signataire", 5), new("Date", 4)],
            [
                .. report.ToMessage().Signatures.Select(signature => (IReadOnlyList<string>)
                    [signature.Side == Side.Insurer ? "Assureur" : "Délégataire", signature.PersonId, Instant(signature.SignTime.ToDateTime())]),
            ]),
        new Block.Heading(1, "SCELLEMENT"),
        new Block.Table(
            [new("", 2), new("", 5)],
            [
                ["Identifiant", report.Id.ToString()],
                ["Scellé le", Instant(report.SealTime!.Value)],
                ["Empreinte SHA-256 du texte signé", report.TextSha256],
            ]),
        new Block.Note(
            "Les deux parties ont signé l'empreinte SHA-256 du texte du procès-verbal, encodé en UTF-8, tel que la plateforme le restitue. "
            + "Le présent document met ce texte en page sans rien y changer. Signatures électroniques simples, depuis le compte de chaque signataire, sans certificat qualifié."),
    ];

    private static string Instant(DateTime time) => time.ToString("dd/MM/yyyy HH:mm:ss' UTC'", CultureInfo.InvariantCulture);
}
