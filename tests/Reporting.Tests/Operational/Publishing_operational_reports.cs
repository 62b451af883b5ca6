using Delegation.Reporting.Tests.Imports;
using Delegation.Reporting.Tests.Operations;
using Delegation.Reporting.Tests.Reports;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Format = Delegation.Reporting.V1.DownloadReportRequest.Types.Format;

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
}
