using Delegation.Delivery.V1;
using Delegation.Documents;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Files;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Google.Api;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>The rpcs of <c>delegation.delivery.v1.AcceptanceReports</c>. What each means is in the contract.</summary>
internal sealed class AcceptanceReportsService(CommandRunner commands, TenantSessions sessions, ReportCommands reports) : AcceptanceReports.AcceptanceReportsBase
{
    private const int MessageBytes = 256 * 1024;

    public override Task<AcceptanceReport> IssueAcceptanceReport(IssueAcceptanceReportRequest request, ServerCallContext context) =>
        commands.RunAsync<IssueAcceptanceReportRequest, AcceptanceReport>(
            request, context, (session, cancellation) => reports.IssueAsync(session, request, cancellation));

    public override async Task<AcceptanceReport> GetAcceptanceReport(GetAcceptanceReportRequest request, ServerCallContext context)
    {
        var (projectId, reportId) = PlanIds.Read(request.ProjectId, "report_id", request.ReportId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        return (await session.FindReportAsync(project, reportId, context.CancellationToken)).ValueOrStatus().ToMessage();
    }

    public override async Task<ListAcceptanceReportsResponse> ListAcceptanceReports(ListAcceptanceReportsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        var rows = await session.ListReportsAsync(project, asked, context.CancellationToken);
        var page = rows.ToPage(asked, row => new PageKey(default, row.Id));

        return new ListAcceptanceReportsResponse { Reports = { page.Items.Select(row => row.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override async Task DownloadAcceptanceReport(DownloadAcceptanceReportRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context)
    {
        var report = await FindSealedAsync(request, context);
        var file = PdfFile.Of(ReportPages.Of(report));
        await responseStream.SendAsync(context, ReportPages.FileName(report), "application/pdf", file.Bytes.ToArray().Chunk(MessageBytes).ToAsyncEnumerable());
    }

    public override Task<AcceptanceReport> SignAcceptanceReport(SignAcceptanceReportRequest request, ServerCallContext context) =>
        commands.RunAsync<SignAcceptanceReportRequest, AcceptanceReport>(
            request, context, (session, cancellation) => reports.SignAsync(session, request, cancellation));

    public override Task<AcceptanceReport> WithdrawAcceptanceReport(WithdrawAcceptanceReportRequest request, ServerCallContext context) =>
        commands.RunAsync<WithdrawAcceptanceReportRequest, AcceptanceReport>(
            request, context, (session, cancellation) => reports.WithdrawAsync(session, request, cancellation));

    private async Task<ReportRow> FindSealedAsync(DownloadAcceptanceReportRequest request, ServerCallContext context)
    {
        var (projectId, reportId) = PlanIds.Read(request.ProjectId, "report_id", request.ReportId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        var report = (await session.FindReportAsync(project, reportId, context.CancellationToken)).ValueOrStatus();
        return ReportSigning.IsSealed(report).ValueOrStatus();
    }
}
