using Dapper;
using Delegation.Reporting.Tests.Imports;
using Delegation.Reporting.Tests.Operations;
using Delegation.Reporting.Tests.Reports;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Npgsql;
using Format = Delegation.Reporting.V1.DownloadReportRequest.Types.Format;
using State = Delegation.Reporting.V1.CommitmentMeasure.Types.State;
using Verdict = Delegation.Reporting.V1.CommitmentMeasure.Types.Verdict;

namespace Delegation.Reporting.Tests.Operational;

public sealed class Publishing_operational_reports(ReportingHost host) : IClassFixture<ReportingHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task The_operational_report_tells_the_flows_of_its_period_and_a_correction_is_listed_as_differences()
    {
        var (sides, due) = await host.Scene.DueAsync("operational");
        await host.Scene.TellAsync(sides.Parties, new Told("R2", "letter", "2026-04-05", "2026-04-09", "processed"));

        var first = await host.Scene.PublishAsync(sides, due);

        var content = await host.Scene.Reports(sides.Reader).GetReportContentAsync(
            new GetReportContentRequest { DelegationId = due.DelegationId, ReportId = due.Id }, deadline: ImportCalls.Deadline);
        Assert.Equal(["flows", "stock_ages", "rates", "commitments"], content.Tables.Select(table => table.Key));
        Assert.Equal([0, 2, 1, 1], content.Tables[0].Totals.Skip(1).Take(4).Select(cell => cell.Number));
        Assert.Equal(2, content.ControlTotals.Single().Number);
        foreach (var format in new[] { Format.Csv, Format.Xlsx, Format.Pdf })
            Assert.NotEmpty(await host.Scene.DownloadAsync(sides.Reader, first, format));

        await host.Scene.TellAsync(sides.Parties, new Told("R3", "letter", "2026-04-06"));
        var second = await host.Scene.PublishAsync(sides, first, "Un courrier manquait");
        Assert.NotEqual(0, second.Versions[0].DifferenceCount);
    }

    [PostgresFact]
    public async Task Publishing_it_records_the_measures_of_its_period_and_a_restatement_those_that_differ()
    {
        var (sides, due) = await host.Scene.DueAsync("operational");
        var partners = new Partners(sides.Parties, sides.Reader, sides.Importer);
        var commitment = await host.Scene.CommitAsync(partners, PreparingCommitments.Quotes());
        await host.Scene.TellQuotesAsync(partners);

        var first = await host.Scene.PublishAsync(sides, due);

        var recorded = Assert.Single(await MeasuresAsync(partners));
        Assert.Equal((commitment.ToString(), 1, State.Recorded, Verdict.Breached), (recorded.CommitmentId, recorded.Number, recorded.State, recorded.Verdict));

        await host.Scene.TellAsync(sides.Parties, [.. Enumerable.Range(0, 60).Select(i => new Told($"M{i}", "quote", "2026-04-14", "2026-04-15", "processed"))]);
        await host.Scene.PublishAsync(sides, first, "Des devis manquaient");
        var since = Assert.Single(await MeasuresAsync(partners));
        Assert.Equal((2, Verdict.Kept), (since.Number, since.Verdict));
        Assert.Equal(["CommitmentBreached", "MeasureSuperseded", "CommitmentMeasured"], await EntriesAsync(partners));
    }

    [PostgresFact]
    public async Task Reports_that_are_published_at_once_do_not_wait_for_each_other_for_ever()
    {
        var (sides, april) = await host.Scene.DueAsync("operational");
        var others = new List<Report>();
        foreach (var month in new[] { "2026-01", "2026-02", "2026-03" })
            others.Add(await host.Scene.DueAsync(sides, "operational", month));

        var published = await Task.WhenAll(others.Append(april).Select(report => host.Scene.PublishAsync(sides, report)));

        Assert.All(published, report => Assert.Equal(1, report.VersionCount));
    }

    private async Task<IReadOnlyList<CommitmentMeasure>> MeasuresAsync(Partners partners) => (await host.Scene.Measures(partners.Insurer).ListMeasuresAsync(
        new ListMeasuresRequest { DelegationId = partners.DelegationId }, deadline: ImportCalls.Deadline)).Measures;

    private async Task<IEnumerable<string>> EntriesAsync(Partners partners)
    {
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        return await administrator.QueryAsync<string>(
            """
            SELECT split_part(event_type, '.', 4) FROM journal
            WHERE delegation_id = @Delegation AND object_type = 'commitment_measure'
            ORDER BY entry_id
            """,
            new { partners.Parties.Delegation });
    }
}
