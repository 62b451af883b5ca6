using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Files;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Api;
using Grpc.Core;

namespace Delegation.Reporting.Imports;

/// <summary>The rpcs of <c>delegation.reporting.v1.Imports</c>. What each means is in the contract.</summary>
internal sealed class ImportsService(CommandRunner commands, ImportCommands imports, ImportUploads uploads, TenantSessions sessions) : V1.Imports.ImportsBase
{
    public override Task<Import> CreateImport(CreateImportRequest request, ServerCallContext context) => commands.RunAsync<CreateImportRequest, Import>(
        request, context, (session, cancellationToken) => imports.CreateAsync(session, request, cancellationToken));

    public override Task<Import> UploadImportFile(IAsyncStreamReader<UploadImportFileRequest> requestStream, ServerCallContext context) =>
        uploads.ReceiveAsync(requestStream, context);

    public override async Task<Import> GetImport(GetImportRequest request, ServerCallContext context)
    {
        var ids = ImportCommands.Ids(request.DelegationId, request.ImportId);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        return (await FindAsync(session, ids, context.CancellationToken)).ToMessage();
    }

    public override async Task<ListImportsResponse> ListImports(ListImportsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(delegationId!.Value, context.CancellationToken)).ValueOrStatus();
        var page = await session.ListImportsAsync(delegation, asked, context.CancellationToken);
        return new ListImportsResponse { Imports = { page.Items.Select(row => row.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override async Task DownloadRejectedLines(DownloadRejectedLinesRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context)
    {
        var ids = ImportCommands.Ids(request.DelegationId, request.ImportId);
        var (import, mapping) = await FindWithMappingAsync(ids, context);
        var parts = sessions.ReadRejectedLinesAsync(context.Caller(), import, mapping, Language.Of(context.RequestHeaders.GetValue("accept-language")), context.CancellationToken);
        await responseStream.SendAsync(context, $"rejected-{import.PeriodStartDay:yyyy-MM-dd}-{import.PeriodEndDay:yyyy-MM-dd}.csv", "text/csv; charset=utf-8", parts);
    }

    private async Task<(ImportRow Import, ImportMapping? Mapping)> FindWithMappingAsync((Guid Delegation, Guid Import) ids, ServerCallContext context)
    {
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var import = await FindAsync(session, ids, context.CancellationToken);
        var mapping = import.MappingId is null ? null : await session.FindMappingAsync(import.MappingId.Value, import.MappingRevision, context.CancellationToken);
        return (import, mapping?.ToMessage());
    }

    private static async Task<ImportRow> FindAsync(TenantSession session, (Guid Delegation, Guid Import) ids, CancellationToken cancellationToken)
    {
        var delegation = (await session.FindDelegationAsync(ids.Delegation, cancellationToken)).ValueOrStatus();
        return (await session.FindImportAsync(delegation, ids.Import, cancellationToken)).ValueOrStatus();
    }
}
