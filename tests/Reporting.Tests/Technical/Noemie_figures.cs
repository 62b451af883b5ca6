using System.Text;
using Delegation.Reporting.Tests.Imports;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Kind = Delegation.Reporting.V1.Import.Types.Kind;

namespace Delegation.Reporting.Tests.Technical;

/// <summary>Links to the compulsory scheme and what came back by it, as files of the trade tell them.</summary>
public sealed class Noemie_figures(ReportingHost host) : IClassFixture<ReportingHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Rates_are_of_the_counts_of_the_last_observation_by_business_and_product()
    {
        var sides = await host.Scene.SidesAsync();
        await ImportAsync(sides, Kind.NoemieLinks,
            "dateObservation;contratRef;offre;typeContrat;actifs;nonActifs;nonNoemisables", "2026-04-15;C1;Pro;C;1;1;1", "2026-04-30;C1;Pro;C;90;6;4", "2026-04-30;C2;Pro;C;10;30;0",
            "2026-04-30;C3;Senior;I;5;0;5", "2026-04-30;C4;Jeunes;I;0;0;0");

        var report = await AskAsync(sides);

        // 100 of 140 in group contracts and not the mean of 0.9 and 0.25.
        Assert.Equal([("group", 100L, 714_286L), ("individual", 5, 500_000), (null, 105, 700_000)], Links(report, "noemie_links", "business"));
        Assert.Equal([("Pro", 100L, 714_286L), ("Jeunes", 0, null), ("Senior", 5, 500_000), (null, 105, 700_000)], Links(report, "noemie_links_by_product", "product"));
        Assert.Equal(744_681L, Table(report, "noemie_links").Last()["noemie_rate_of_eligible"]);
    }

    [PostgresFact]
    public async Task Rejections_are_beside_what_was_acknowledged_and_days_beside_those_expected()
    {
        var sides = await host.Scene.SidesAsync();
        await ImportAsync(sides, Kind.NoemieRejections,
            "dateReception;typeFlux;contratRef;codeMotif;libelle;nb;nbTraites;ageMoyenJours;nbAcquittes;delaiCureJours", "2026-04-07;408;C1;01;Inconnu;10;4;6;90;3,5", "2026-04-08;408;C1;12;;5;1;3;;8",
            "2026-04-09;408;C2;12;;5;0;0;10;");
        await ImportAsync(sides, Kind.AccountingDays, "regime;centre;dateComptable;recu;nbDecomptes;montantRC", "01;751;2026-04-07;1;120;10,50", "01;751;2026-04-08;0;0;0");

        var total = Table(await AskAsync(sides), "noemie_returns").Last();

        Assert.Equal((2L, 1L, 500_000L, 120L), (total["expected_days"], total["received_days"], total["completeness"], total["statements"]));
        // 15 rejections of which it is said how many were acknowledged with them: 15 by 115. Four were cured in 3.5 days and one in 8.
        Assert.Equal((20L, 100L, 130_435L, 5L, 250_000L), (total["rejections"], total["acknowledged"], total["rejection_rate"], total["treated"], total["treated_rate"]));
        Assert.Equal((3_750_000L, 4_400_000L), (total["average_age"], total["average_cure_days"]));
    }

    [PostgresFact]
    public async Task Files_that_say_nothing_of_acknowledgements_and_cures_give_no_such_figures()
    {
        var sides = await host.Scene.SidesAsync();
        await ImportAsync(sides, Kind.NoemieRejections, "dateReception;typeFlux;contratRef;codeMotif;nb;nbTraites", "2026-04-07;408;C1;01;10;4");

        var month = Table(await AskAsync(sides), "noemie_returns")[0];

        Assert.Equal((10L, null, null, null), (month["rejections"], month["acknowledged"], month["rejection_rate"], month["average_cure_days"]));
    }

    private static IEnumerable<(string?, long, long?)> Links(TechnicalReport report, string table, string name) =>
        Table(report, table).Select(line => ((string?)line[name], (long)line["active"]!, (long?)line["noemie_rate"]));

    private static Dictionary<string, object?>[] Table(TechnicalReport report, string key)
    {
        var table = report.Tables.Single(table => table.Table.Key == key);
        return [.. table.Lines.Select(line => table.Read(line.Cells)), table.Read(table.Table.Totals)];
    }

    private async Task ImportAsync(Sides sides, Kind kind, params string[] lines)
    {
        var import = await host.Scene.ImportAsync(sides, kind, Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), new DateOnly(2026, 4, 1), new DateOnly(2026, 4, 30));
        Assert.Equal((lines.Length - 1, 0), (import.AcceptedLines, import.RejectedLines));
    }

    private async Task<TechnicalReport> AskAsync(Sides sides) => await new TechnicalReports.TechnicalReportsClient(host.Scene.As(sides.Reader)).GetTechnicalReportAsync(
        new GetTechnicalReportRequest { DelegationId = $"{sides.Delegation}", PeriodStartDay = "2026-04-01", PeriodEndDay = "2026-04-30", View = ReportView.Accounting }, deadline: TechnicalCalls.Deadline);
}
