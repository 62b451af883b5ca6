using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Files;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Formats;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Api;
using Grpc.Core;

namespace Delegation.Reporting.Reports;

/// <summary>The rpcs of <c>delegation.reporting.v1.Reports</c>. What each means is in the contract.</summary>
internal sealed class ReportsService(
    CommandRunner commands, Publishing publishing, Verdicts verdicts, IEnumerable<IReportFormat> formats, TenantSessions sessions, TimeProvider clock) : V1.Reports.ReportsBase
{
    public override async Task<ListReportsResponse> ListReports(ListReportsRequest request, ServerCallContext context)
    {
        var filter = ReportFilter.Read(request);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var rows = await session.ListReportsAsync(filter, context.CancellationToken);
        var now = clock.GetUtcNow();
        if (filter.DelegationId is not null)
        {
            var reports = rows.ToPage(new PageRequest(ListedReports.MostReports, filter.Page.After), report => report.PageKey);
            return new ListReportsResponse { Delegations = { reports.Items.GroupBy(row => row.DelegationId).Select(delegation => ToMessage(delegation, now)) }, NextPageToken = reports.NextPageToken };
        }

        var page = rows.GroupBy(row => row.DelegationId).ToArray().ToPage(filter.Page, delegation => new PageKey(default, delegation.Key));
        return new ListReportsResponse { Delegations = { page.Items.Select(delegation => ToMessage(delegation, now)) }, NextPageToken = page.NextPageToken };
    }

    public override async Task<Report> GetReport(GetReportRequest request, ServerCallContext context)
    {
        var ids = ReportIds.Read(request.DelegationId, request.ReportId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var row = await FindAsync(session, ids, context.CancellationToken);
        var versions = await session.ListVersionsAsync(row, context.CancellationToken);
        return row.ToMessage(clock.GetUtcNow(), versions, await session.ListDisputesAsync(row, context.CancellationToken));
    }

    public override Task<Report> PublishReport(PublishReportRequest request, ServerCallContext context) => commands.RunAsync(
        request, context, (session, cancellation) => publishing.PublishAsync(session, request, cancellation));

    public override Task<Report> AcceptReport(AcceptReportRequest request, ServerCallContext context) => commands.RunAsync(
        request, context, (session, cancellation) => verdicts.AcceptAsync(session, request, cancellation));

    public override Task<Report> DisputeReport(DisputeReportRequest request, ServerCallContext context) => commands.RunAsync(
        request, context, (session, cancellation) => verdicts.DisputeAsync(session, request, cancellation));

    public override Task<Report> ResolveReportDispute(ResolveReportDisputeRequest request, ServerCallContext context) =>
        commands.RunAsync(
        request, context, (session, cancellation) => verdicts.ResolveAsync(session, request, cancellation));

    public override async Task<ReportContent> GetReportContent(GetReportContentRequest request, ServerCallContext context)
    {
        var ids = Read(request.DelegationId, request.ReportId, request.Version, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        return (await FindVersionAsync(session, ids, request.Version, context.CancellationToken)).Content;
    }

    public override async Task<ListReportLinesResponse> ListReportLines(ListReportLinesRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var page = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var table = TextField.ReadLine("table_key", request.TableKey, 200, violations);
        var ids = Read(request.DelegationId, request.ReportId, request.Version, violations);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var (row, content) = await FindVersionAsync(session, ids, request.Version, context.CancellationToken);
        var found = VersionPages.Find(content, table!).ValueOrStatus();
        var (lines, next) = await VersionPages.ReadAsync(session, row, content.Version, found.Key, found.LineCount, page, chunk => chunk.Lines, context.CancellationToken);
        return new ListReportLinesResponse { Version = content.Version, Lines = { lines }, NextPageToken = next, LineCount = found.LineCount };
    }

    public override async Task<ListReportDifferencesResponse> ListReportDifferences(ListReportDifferencesRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var page = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var ids = Read(request.DelegationId, request.ReportId, request.Version, violations);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var (row, content) = await FindVersionAsync(session, ids, request.Version, context.CancellationToken);
        var count = (await session.ListVersionsAsync(row, context.CancellationToken)).First(version => version.Version == content.Version).DifferenceCount;
        var (differences, next) = await VersionPages.ReadAsync(
            session, row, content.Version, VersionStore.Differences, count, page, chunk => chunk.Differences, context.CancellationToken);
        return new ListReportDifferencesResponse { Version = content.Version, Differences = { differences }, NextPageToken = next, DifferenceCount = count };
    }

    public override async Task DownloadReport(DownloadReportRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        VersionPages.NeedsAFormat(request.Format, violations);
        var ids = Read(request.DelegationId, request.ReportId, request.Version, violations);
        var format = formats.Single(format => format.Format == request.Format);
        var report = await FindPublishedAsync(ids, request.Version, context);
        var name = $"{report.Content.Kind}-{report.Content.PeriodStartDay}-{report.Content.PeriodEndDay}-v{report.Content.Version}-{report.Version.Sha256[..12]}{format.Ending}";
        await responseStream.SendAsync(context, name, format.ContentType, format.WriteAsync(report, Language.Of(context.RequestHeaders.GetValue("accept-language"))));
    }

    // The transaction ends before the first byte goes out: a slow reader holds no connection.
    private async Task<PublishedReport> FindPublishedAsync((Guid Delegation, Guid Report) ids, int version, ServerCallContext context)
    {
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var (row, content) = await FindVersionAsync(session, ids, version, context.CancellationToken);
        var published = (await session.ListVersionsAsync(row, context.CancellationToken)).First(one => one.Version == content.Version);
        return new PublishedReport(
            content, published.ToMessage(), table => sessions.ReadLinesAsync(context.Caller(), row, content.Version, table, context.CancellationToken));
    }

    private static (Guid Delegation, Guid Report) Read(string delegationId, string reportId, int version, List<FieldViolation> violations)
    {
        ReportIds.NeedsAVersion(version, violations);
        return ReportIds.Read(delegationId, reportId, violations);
    }

    private static async Task<ReportRow> FindAsync(TenantSession session, (Guid Delegation, Guid Report) ids, CancellationToken cancellationToken)
    {
        var delegation = (await session.FindDelegationAsync(ids.Delegation, cancellationToken)).ValueOrStatus();
        return (await session.FindReportAsync(delegation, ids.Report, cancellationToken)).ValueOrStatus();
    }

    private static async Task<(ReportRow Row, ReportContent Content)> FindVersionAsync(
        TenantSession session, (Guid Delegation, Guid Report) ids, int version, CancellationToken cancellationToken)
    {
        var row = await FindAsync(session, ids, cancellationToken);
        var content = await session.FindContentAsync(row, version == 0 ? row.Version : version, cancellationToken);
        return (row, (content is null ? VersionPages.VersionNotFound : new Outcome<ReportContent>.Accepted(content)).ValueOrStatus());
    }

    private static DelegationReports ToMessage(IGrouping<Guid, ListedReport> delegation, DateTimeOffset now) => new()
    {
        DelegationId = delegation.Key.ToString(),
        Open = delegation.First().IsOpen,
        Reports = { delegation.Select(row => row.ToMessage(now)).OfType<Report>() },
    };
}
