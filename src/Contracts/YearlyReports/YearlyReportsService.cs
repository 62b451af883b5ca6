using Delegation.Contracts.Delegations;
using Delegation.Contracts.EvidenceFiles;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Files;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Api;
using Grpc.Core;

namespace Delegation.Contracts.YearlyReports;

/// <summary>The rpcs of <c>delegation.contracts.v1.YearlyReports</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class YearlyReportsService(CommandRunner commands, YearlyReportCommands reports, Attachments attachments, TenantSessions sessions) : V1.YearlyReports.YearlyReportsBase
{
    private static readonly FileMessages<UploadYearlyReportRequest> Form = new(
        first => Attachment.Read(first.DelegationId, ("yearly_report_id", first.YearlyReportId), first.FileName, first.File?.ContentType, first.Sha256, first.SizeBytes),
        message => message.File,
        first => first.SizeBytes,
        (first, sha256, file) => new UploadYearlyReportRequest(first) { Sha256 = sha256, File = file });

    public override async Task<YearlyReportTerms> GetYearlyReportTerms(GetYearlyReportTermsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("delegation_id", request.DelegationId, violations);
        violations.RefuseIfAny();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(id!.Value, context.CancellationToken)).ValueOrStatus();
        var terms = await session.FindTermsAsync(delegation, isLocked: false, context.CancellationToken);
        var basis = await ReportBasis.FindAsync(session, delegation, terms, context.CancellationToken);
        return terms?.ToMessage(basis) ?? new YearlyReportTerms { DelegationId = delegation.Id.ToString(), Basis = basis, Etag = Etag.Of(delegation.Id, revision: 0) };
    }

    public override async Task<YearlyReport> GetYearlyReport(GetYearlyReportRequest request, ServerCallContext context)
    {
        var (row, versions) = await FindAsync(request.DelegationId, request.YearlyReportId, context);
        return row.ToMessage(versions);
    }

    public override async Task<ListYearlyReportsResponse> ListYearlyReports(ListYearlyReportsRequest request, ServerCallContext context)
    {
        var asked = SharedObjectPage.Read(request.DelegationId, request.PageSize, request.PageToken).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(asked.Delegation, context.CancellationToken)).ValueOrStatus();
        var page = await session.ListReportsAsync(delegation, asked.Page, context.CancellationToken);
        var versions = await session.ListVersionsAsync(delegation, page.Items, context.CancellationToken);
        return new() { Reports = { page.Items.Select(row => row.ToMessage(versions[row.Id])) }, NextPageToken = page.NextPageToken };
    }

    public override async Task DownloadYearlyReport(DownloadYearlyReportRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        IdField.Read("delegation_id", request.DelegationId, violations);
        IdField.Read("yearly_report_id", request.YearlyReportId, violations);
        IdField.Read("version_id", request.VersionId, violations);
        violations.RefuseIfAny();

        var (row, versions) = await FindAsync(request.DelegationId, request.YearlyReportId, context);
        var version = versions.Select(version => version.Read()).FirstOrDefault(version => version.Id == request.VersionId) ?? YearlyReportRefusals.VersionNotFound.ValueOrStatus();
        var party = new FileParty(row.OwnerId, row.DelegationId, row.DelegateId, Visibility.Both);
        await responseStream.SendAsync(
            context, version.File.FileName, version.File.ContentType, sessions.ReadFileAsync(context.Caller(), party, Guid.Parse(version.File.Id), context.CancellationToken));
    }

    public override Task<YearlyReport> UploadYearlyReport(IAsyncStreamReader<UploadYearlyReportRequest> requestStream, ServerCallContext context) => attachments.ReceiveAsync(
        requestStream, context, Form, async (session, attachment, cancellationToken) =>
        {
            var delegation = (await session.FindSharedDelegationAsync(attachment.Ids.Delegation, cancellationToken)).ValueOrStatus();
            (await session.FindReportAsync(delegation, attachment.Ids.Object, isLocked: false, cancellationToken)).ValueOrStatus();
        }, reports.UploadAsync);

    public override Task<YearlyReportTerms> SetYearlyReportTerms(SetYearlyReportTermsRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => reports.SetTermsAsync(session, request, cancellationToken));

    public override Task<YearlyReport> SubmitYearlyReport(SubmitYearlyReportRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => reports.SubmitAsync(session, request, cancellationToken));

    public override Task<YearlyReport> RecordPresentation(RecordPresentationRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => reports.PresentAsync(session, request, cancellationToken));

    private async Task<(YearlyReportRow Row, IReadOnlyList<YearlyReportVersionRow> Versions)> FindAsync(string delegationId, string reportId, ServerCallContext context)
    {
        var ids = SharedObjectIds.Read(delegationId, "yearly_report_id", reportId).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(ids.Delegation, context.CancellationToken)).ValueOrStatus();
        var row = (await session.FindReportAsync(delegation, ids.Object, isLocked: false, context.CancellationToken)).ValueOrStatus();
        return (row, [.. (await session.ListVersionsAsync(delegation, [row], context.CancellationToken))[row.Id]]);
    }
}
