using Delegation.Documents;
using Delegation.ProjectDelivery.Acceptance;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.ProjectDelivery.Tests.Acceptance;

public sealed class Pages_of_reports
{
    private static readonly DateTime Sealed = new(2026, 9, 30, 16, 5, 7, DateTimeKind.Utc);

    private static readonly Guid Insurer = Guid.NewGuid();

    private static readonly Guid Delegate = Guid.NewGuid();

    // Words as people write them, with the signs that the text itself is made of.
    private static readonly Gen<string> Names = Gen.Elements("Bascule d'été", "a : b", "Lot – n° 1 ; € 12", "- tiret", "REÇU (2)").NonEmptyListOf().Select(words => string.Join(' ', words));

    private static readonly Gen<string[]> Texts =
        from project in Names
        from campaign in Names
        from cases in Names.ArrayOf()
        from reserves in Names.ArrayOf()
        select (string[])[
            "PROCÈS-VERBAL DE RECETTE", "", $"Projet : {project}", $"Campagne : {campaign}", "", $"CAS ({cases.Length})", .. cases.Select(name => $"- {name}"), "",
            $"RÉSERVES ({reserves.Length})", .. reserves.Select(name => $"- {name}"), "", "CONCLUSION", "Prononcé sans réserve."];

    [Fact]
    public void Every_line_that_was_signed_stands_on_the_pages_in_its_order_and_none_besides() => Prop.ForAll(
        Texts.ToArbitrary(),
        lines =>
        {
            var blocks = ReportPages.Of(Report(string.Concat(lines.Select(line => $"{line}\n")))).Blocks;
            var signed = blocks.TakeWhile(block => block is not Block.Heading { Text: "SIGNATURES" });
            return signed.SelectMany(Lines).SequenceEqual(lines.Where(line => line.Length > 0));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_pages_say_who_signed_when_and_the_hash_of_what()
    {
        var report = Report("PROCÈS-VERBAL D'HOMOLOGATION\n\nProjet : Reprise\n\nCONCLUSION\nPrononcé sans réserve.\n");

        var tables = ReportPages.Of(report).Blocks.OfType<Block.Table>().SelectMany(table => table.Rows).ToArray();

        Assert.Single(tables, row => row.SequenceEqual(["Empreinte SHA-256 du texte signé", report.TextSha256]));
        // The delegate signed first.
        Assert.Equal(
            [["Délégataire", $"{Delegate}", "30/09/2026 15:05:07 UTC"], ["Assureur", $"{Insurer}", "30/09/2026 16:05:07 UTC"]],
            tables.Where(row => row[0] is "Assureur" or "Délégataire"));
    }

    private static IEnumerable<string> Lines(Block block) => block switch
    {
        Block.Headline headline => [headline.Text],
        Block.Heading heading => [heading.Text],
        Block.Paragraph paragraph => [paragraph.Text],
        Block.Bullets bullets => bullets.Items.Select(item => $"- {item}"),
        Block.Table table => table.Rows.Select(row => $"{row[0]} : {row[1]}"),
        _ => throw new NotSupportedException($"{block}"),
    };

    private static ReportRow Report(string text) => new(
        Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "homologation", null, "sealed", text, ReportText.Sha256(text), 1, 1, 0, Insurer,
        Sealed, Delegate, Sealed.AddHours(-1), Sealed, Sealed.AddHours(-2), 3);
}
