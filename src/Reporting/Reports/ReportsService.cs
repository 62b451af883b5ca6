using Delegation.Persistence.Access;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Grpc.Core;

namespace Delegation.Reporting.Reports;

/// <summary>The rpcs of <c>delegation.reporting.v1.Reports</c>. What each means is in the contract.</summary>
internal sealed class ReportsService(TenantSessions sessions, TimeProvider clock) : V1.Reports.ReportsBase
{
    public override async Task<ListReportsResponse> ListReports(ListReportsRequest request, ServerCallContext context)
    {
        var filter = ReportFilter.Read(request);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var rows = await session.ListReportsAsync(filter, context.CancellationToken);
        var page = rows.GroupBy(row => row.DelegationId).ToArray().ToPage(filter.Page, delegation => new PageKey(default, delegation.Key));
        var now = clock.GetUtcNow();

        return new ListReportsResponse { Delegations = { page.Items.Select(delegation => ToMessage(delegation, now)) }, NextPageToken = page.NextPageToken };
    }

    private static DelegationReports ToMessage(IGrouping<Guid, ReportRow> delegation, DateTimeOffset now) => new()
    {
        DelegationId = delegation.Key.ToString(),
        Open = delegation.First().IsOpen,
        Reports = { delegation.Select(row => row.ToMessage(now)).OfType<Report>() },
    };
}
