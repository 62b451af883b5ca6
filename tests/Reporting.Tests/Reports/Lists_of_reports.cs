using Delegation.Access.V1;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.TestKit.Errors;
using Grpc.Core;

namespace Delegation.Reporting.Tests.Reports;

public sealed class Lists_of_reports(ReportingHost host) : IClassFixture<ReportingHost>, IDisposable
{
    private static DateTime Deadline => DateTime.UtcNow.AddSeconds(20);

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_delegation_without_reports_is_listed_without_any_and_those_of_others_are_not()
    {
        var (insurer, delegation, tpa) = await host.Scene.DelegationAsync();
        await host.Scene.DelegationAsync();

        foreach (var reader in new[] { await host.Scene.MemberAsync(insurer, Side.Insurer), await host.Scene.MemberAsync(tpa, Side.Delegate) })
            Assert.Equal(
                new ListReportsResponse { Delegations = { new DelegationReports { DelegationId = delegation.ToString(), Open = true } } },
                await ListAsync(reader, new ListReportsRequest()));
    }

    [PostgresFact]
    public async Task What_is_due_and_what_was_published_are_told_apart_the_latest_period_first()
    {
        var delegation = await host.Scene.DelegationAsync();
        var reader = await host.Scene.MemberAsync(delegation.Insurer, Side.Insurer);
        await host.Scene.ReportAsync(delegation, new DateOnly(2026, 1, 31), published: true);
        await host.Scene.ReportAsync(delegation, new DateOnly(2026, 2, 28), published: false);
        await host.Scene.ReportAsync(delegation, new DateOnly(2099, 1, 31), published: false);

        var all = Assert.Single((await ListAsync(reader, new ListReportsRequest())).Delegations).Reports;
        var published = Assert.Single((await ListAsync(reader, new ListReportsRequest { State = Report.Types.State.Published })).Delegations).Reports;

        Assert.Equal([("2099-01-31", false), ("2026-02-28", true), ("2026-01-31", false)], all.Select(report => (report.DueDay, report.Late)));
        Assert.Equal(["2026-01-31"], published.Select(report => report.DueDay));
    }

    [PostgresFact]
    public async Task Pages_are_of_delegations_and_need_one_statement_each()
    {
        var insurer = Guid.CreateVersion7();
        for (var i = 0; i < 3; i++)
            await host.Scene.ReportAsync(await host.Scene.DelegationAsync(insurer), new DateOnly(2026, 1, 31), published: true);
        var reader = await host.Scene.MemberAsync(insurer, Side.Insurer);

        using var statements = new StatementRecorder();
        var first = await ListAsync(reader, new ListReportsRequest { PageSize = 2 });
        Assert.Single(statements.Of(host.Database.Name), sql => sql.Contains("FROM report", StringComparison.Ordinal));
        var second = await ListAsync(reader, new ListReportsRequest { PageSize = 2, PageToken = first.NextPageToken });

        Assert.Equal([2, 1], [first.Delegations.Count, second.Delegations.Count]);
        Assert.Equal(3, first.Delegations.Concat(second.Delegations).Select(delegation => delegation.DelegationId).Distinct().Count());
        Assert.Equal("", second.NextPageToken);
    }

    [PostgresFact]
    public async Task Asked_for_one_delegation_the_pages_hold_all_its_reports_each_once()
    {
        var delegation = await host.Scene.DelegationAsync();
        var reader = await host.Scene.MemberAsync(delegation.Insurer, Side.Insurer);
        for (var i = 0; i < 130; i++)
            await host.Scene.ReportAsync(delegation, new DateOnly(2026, 1, 1).AddDays(i / 3), published: true);

        var pages = new List<ListReportsResponse>();
        do
            pages.Add(await ListAsync(reader, new ListReportsRequest { DelegationId = delegation.Delegation.ToString(), PageToken = pages.LastOrDefault()?.NextPageToken ?? "" }));
        while (pages[^1].NextPageToken.Length > 0 && pages.Count < 10);

        Assert.Equal([60, 60, 10], pages.Select(page => Assert.Single(page.Delegations).Reports.Count));
        var reports = pages.SelectMany(page => page.Delegations.Single().Reports).ToArray();
        Assert.Equal(130, reports.Select(report => report.Id).Distinct().Count());
        Assert.Equal(reports.Select(report => report.PeriodEndDay).OrderDescending(), reports.Select(report => report.PeriodEndDay));
    }

    [PostgresFact]
    public async Task All_mistakes_are_told_at_once()
    {
        var reader = await host.Scene.MemberAsync(Guid.CreateVersion7(), Side.Insurer);

        var refusal = await Refusals.ThrownBy(Client(reader).ListReportsAsync(
            new ListReportsRequest { DelegationId = "x", State = (Report.Types.State)9, PageSize = -1, PageToken = "x" }, deadline: Deadline));

        Assert.Equal((StatusCode.InvalidArgument, "INVALID_FIELDS"), refusal.Kind());
        Assert.Equal(["delegation_id", "page_size", "page_token", "state"], refusal.Violations().Select(violation => violation.Field));
    }

    private V1.Reports.ReportsClient Client(Actor actor) => new(host.Scene.As(actor));

    private async Task<ListReportsResponse> ListAsync(Actor actor, ListReportsRequest request) => await Client(actor).ListReportsAsync(request, deadline: Deadline);
}
