using System.Security.Cryptography;
using Delegation.Reporting.Reports;
using Delegation.Reporting.Tests.Imports;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Grpc.Core;
using Acceptance = Delegation.Reporting.V1.Report.Types.Acceptance;
using Format = Delegation.Reporting.V1.DownloadReportRequest.Types.Format;

namespace Delegation.Reporting.Tests.Reports;

public sealed class Publishing_reports(PublicationHost host) : IClassFixture<PublicationHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_published_report_is_sealed_by_its_JSON_form_and_waits_for_the_insurer()
    {
        var (sides, due) = await host.Scene.DueAsync();
        Assert.Equal((Report.Types.State.Due, 0, Acceptance.Unspecified), (due.State, due.VersionCount, due.Acceptance));

        var published = await host.Scene.PublishAsync(sides, due);

        var version = Assert.Single(published.Versions);
        Assert.Equal((Report.Types.State.Published, 1, Acceptance.Waiting, 2), (published.State, published.VersionCount, published.Acceptance, version.LineCount));
        var json = await host.Scene.DownloadAsync(sides.Reader, published, Format.Json);
        Assert.Equal(version.Sha256, Convert.ToHexStringLower(SHA256.HashData(json)));
        Assert.Equal(version.SizeBytes, json.Length);
        Assert.Equal(published.Versions, (await host.Scene.GetAsync(sides, due.Id)).Versions);
    }

    [PostgresFact]
    public async Task What_was_published_stays_as_it_is_and_a_restatement_lists_every_cell_that_differs()
    {
        var (sides, first) = await host.Scene.PublishedAsync();
        var json = await host.Scene.DownloadAsync(sides.Reader, first, Format.Json);
        var lines = MadeUpReport.Lines(3);
        lines[0].Cells[2] = Cell.Of(5);
        MadeUpReport.Choose(sides.Delegation, lines);

        var second = await host.Scene.PublishAsync(sides, first, "Import corrigé");

        var differences = (await host.Scene.Reports(sides.Reader).ListReportDifferencesAsync(
            new ListReportDifferencesRequest { DelegationId = first.DelegationId, ReportId = first.Id }, deadline: ImportCalls.Deadline)).Differences;
        Assert.Equal(json, await host.Scene.DownloadAsync(sides.Reader, second, Format.Json, version: 1));
        Assert.Equal([("Import corrigé", 2), ("", 1)], second.Versions.Select(version => (version.Reason, version.Version)));
        Assert.Equal(second.Versions[0].DifferenceCount, differences.Count);
        Assert.Equal(
            ["L0/acts 1 5", .. "category day acts benefits ratio frequency time".Split(' ').Select(column => $"L2/{column} - +"), "/acts 3 10", "/benefits 397 2091"],
            differences.Select(Told));

        static string Told(ReportDifference one) => one.LineKey == "L2" ? $"L2/{one.ColumnKey} {(one.Before is null ? "-" : "?")} {(one.After is null ? "?" : "+")}"
            : $"{one.LineKey}/{one.ColumnKey} {one.Before.Number} {one.After.Number}";
    }

    [PostgresFact]
    public async Task Lines_are_read_page_by_page_in_their_order()
    {
        var (sides, due) = await host.Scene.DueAsync();
        MadeUpReport.Choose(sides.Delegation, MadeUpReport.Lines(1201));
        var published = await host.Scene.PublishAsync(sides, due);

        var (keys, token) = (new List<string>(), "");
        do
        {
            var page = await host.Scene.Reports(sides.Reader).ListReportLinesAsync(
                new ListReportLinesRequest { DelegationId = due.DelegationId, ReportId = due.Id, TableKey = MadeUpReport.Table, PageSize = 190, PageToken = token }, deadline: ImportCalls.Deadline);
            keys.AddRange(page.Lines.Select(line => line.Key));
            Assert.Equal(1201, page.LineCount);
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(Enumerable.Range(0, 1201).Select(place => $"L{place}"), keys);
        Assert.Equal(1201, published.Versions[0].LineCount);
    }

    [PostgresFact]
    public async Task Publishing_takes_a_fixed_number_of_statements()
    {
        var (sides, due) = await host.Scene.DueAsync();

        MadeUpReport.Choose(sides.Delegation, MadeUpReport.Lines(400));
        using var statements = new StatementRecorder();
        await host.Scene.PublishAsync(sides, due);

        // One for each 500 lines of each table, twice; the others are always the same.
        Assert.InRange(statements.Of(host.Database.Name).Count, 10, 46);
    }

    [PostgresFact]
    public async Task Nothing_is_published_whose_control_totals_differ()
    {
        var (sides, due) = await host.Scene.DueAsync();
        MadeUpReport.Choose(sides.Delegation, MadeUpReport.Lines(2), control: 398);

        var refusal = await Refusals.ThrownBy(host.Scene.Publish(sides, due));

        Assert.Equal((StatusCode.FailedPrecondition, "CONTROL_TOTALS_DIFFER"), refusal.Kind());
        Assert.Equal(0, (await host.Scene.GetAsync(sides, due.Id)).VersionCount);
    }

    [PostgresFact]
    public async Task A_restatement_needs_a_reason_and_something_to_restate()
    {
        var (sides, first) = await host.Scene.PublishedAsync();

        Assert.Equal("INVALID_FIELDS", (await Refusals.ThrownBy(host.Scene.Publish(sides, first))).Kind().Reason);
        Assert.Equal("NOTHING_CHANGED", (await Refusals.ThrownBy(host.Scene.Publish(sides, first, "Pour rien"))).Kind().Reason);
        Assert.Equal("ABORTED", (await Refusals.ThrownBy(host.Scene.Publish(sides, new Report(first) { Etag = "\"another\"" }, "Ancien"))).Kind().Code.ToString().ToUpperInvariant());
    }

    [PostgresFact]
    public async Task A_disputed_figure_keeps_both_values_until_both_sides_say_the_same()
    {
        var (sides, report) = await host.Scene.PublishedAsync();
        var (insurer, tpa) = (host.Scene.Reports(sides.Reader), host.Scene.Reports(sides.Importer));

        var disputed = await insurer.DisputeReportAsync(PublicationCalls.Dispute(report, claimed: 700), deadline: ImportCalls.Deadline);
        Assert.Equal("DISPUTE_OPEN", (await Refusals.ThrownBy(insurer.AcceptReportAsync(Accept(disputed), deadline: ImportCalls.Deadline))).Kind().Reason);
        Assert.Equal("FIGURE_ALREADY_DISPUTED", (await Refusals.ThrownBy(insurer.DisputeReportAsync(PublicationCalls.Dispute(disputed), deadline: ImportCalls.Deadline))).Kind().Reason);
        var one = await tpa.ResolveReportDisputeAsync(Resolve(disputed, ReportDispute.Types.Resolution.PublishedStands), deadline: ImportCalls.Deadline);
        var unequal = await insurer.ResolveReportDisputeAsync(Resolve(one, ReportDispute.Types.Resolution.BothKept), deadline: ImportCalls.Deadline);
        var equal = await tpa.ResolveReportDisputeAsync(Resolve(unequal, ReportDispute.Types.Resolution.BothKept), deadline: ImportCalls.Deadline);
        var accepted = await insurer.AcceptReportAsync(Accept(equal), deadline: ImportCalls.Deadline);

        Assert.Equal([Acceptance.Disputed, Acceptance.Disputed, Acceptance.Disputed, Acceptance.Waiting, Acceptance.Accepted], new[] { disputed, one, unequal, equal, accepted }.Select(step => step.Acceptance));
        var dispute = Assert.Single(accepted.Disputes);
        Assert.Equal((697, 700, ReportDispute.Types.Resolution.BothKept), (dispute.Published.Number, dispute.Claimed.Number, dispute.Resolution));
        Assert.Null(unequal.Disputes[0].ResolveTime);
    }

    [PostgresFact]
    public async Task A_dispute_names_a_figure_that_is_there_and_another_value()
    {
        var (sides, report) = await host.Scene.PublishedAsync();
        var insurer = host.Scene.Reports(sides.Reader);

        foreach (var (request, reason) in new[]
        {
            (PublicationCalls.Dispute(report, line: "L9"), "LINE_KEY_UNKNOWN"), (PublicationCalls.Dispute(report, column: "x"), "COLUMN_KEY_UNKNOWN"),
            (PublicationCalls.Dispute(report, column: "day"), "COLUMN_KEY_NOT_A_NUMBER"), (PublicationCalls.Dispute(report, claimed: 697), "CLAIMED_NUMBER_SAME"),
        })
            Assert.Equal(reason, (await Refusals.ThrownBy(insurer.DisputeReportAsync(request, deadline: ImportCalls.Deadline))).Violations().Single().Reason);
    }

    private static AcceptReportRequest Accept(Report report) => new() { DelegationId = report.DelegationId, ReportId = report.Id, Etag = report.Etag };

    private static ResolveReportDisputeRequest Resolve(Report report, ReportDispute.Types.Resolution resolution) => new()
    {
        DelegationId = report.DelegationId, ReportId = report.Id, DisputeId = report.Disputes[0].Id, Resolution = resolution, Etag = report.Etag,
    };
}
