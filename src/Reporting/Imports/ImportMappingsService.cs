using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Stored;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf;
using Grpc.Core;

namespace Delegation.Reporting.Imports;

/// <summary>The rpcs of <c>delegation.reporting.v1.ImportMappings</c>. What each means is in the contract.</summary>
internal sealed class ImportMappingsService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : ImportMappings.ImportMappingsBase
{
    public override Task<ImportMapping> CreateImportMapping(CreateImportMappingRequest request, ServerCallContext context) =>
        commands.RunAsync<CreateImportMappingRequest, ImportMapping>(
            request, context,
            (session, cancellationToken) => MappingFields.Read(request.Mapping).ThenAsync(mapping =>
                SaveAsync(session, ImportMappingRow.Of(mapping, session.Caller.OrganizationId, NewId.At(clock.GetUtcNow()), 1), cancellationToken)));

    public override async Task<ImportMapping> GetImportMapping(GetImportMappingRequest request, ServerCallContext context)
    {
        var id = MappingId(request.MappingId);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        return (await session.FindMappingAsync(id, revision: null, context.CancellationToken) ?? ImportMappingStore.NotFound<ImportMappingRow>().ValueOrStatus()).ToMessage();
    }

    public override async Task<ListImportMappingsResponse> ListImportMappings(ListImportMappingsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var page = await session.ListMappingsAsync(asked, context.CancellationToken);
        return new ListImportMappingsResponse { Mappings = { page.Items.Select(row => row.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override Task<ImportMapping> UpdateImportMapping(UpdateImportMappingRequest request, ServerCallContext context) =>
        commands.RunAsync<UpdateImportMappingRequest, ImportMapping>(
            request, context, (session, cancellationToken) => UpdateAsync(session, request, cancellationToken));

    private async Task<Outcome<ImportMapping>> UpdateAsync(TenantSession session, UpdateImportMappingRequest request, CancellationToken cancellationToken)
    {
        var id = MappingId(request.MappingId);
        return await (await session.LockMappingAsync(id, cancellationToken)).ThenAsync(async current =>
            await MappingFields.Read(OfKind(request.Mapping, current)).ThenAsync(async mapping =>
                Etag.Mismatch<ImportMapping>(request.Etag, current.Id, current.Revision)
                ?? await SaveAsync(session, ImportMappingRow.Of(mapping, current.OwnerId, current.Id, current.Revision + 1), cancellationToken)));
    }

    // Its kind stays, and need not be sent again.
    private static ImportMapping? OfKind(ImportMapping? wanted, ImportMappingRow current) =>
        wanted is null || !Enum.IsDefined(wanted.Kind) ? wanted : new ImportMapping(wanted) { Kind = StoredNames.Read<Import.Types.Kind>(current.Kind) };

    private async Task<Outcome<ImportMapping>> SaveAsync(TenantSession session, ImportMappingRow row, CancellationToken cancellationToken)
    {
        if (!await session.InsertMappingAsync(row, cancellationToken))
            return new Outcome<ImportMapping>.Conflict(
                "IMPORT_MAPPING_EXISTS", new("Another mapping has this name. Choose another one.", "Une autre correspondance porte ce nom. Choisissez-en un autre."));

        var saved = row.ToMessage();
        IMessage happened = row.Revision == 1 ? new ImportMappingCreated { Mapping = saved } : new ImportMappingUpdated { Mapping = saved };
        await session.AppendAsync(new JournalEvent(row.OwnerId, null, null, Visibility.Both, "import_mapping", row.Id, row.Revision, happened), clock, cancellationToken);
        return new Outcome<ImportMapping>.Accepted(saved);
    }

    private static Guid MappingId(string text)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("mapping_id", text, violations);
        violations.RefuseIfAny();
        return id!.Value;
    }
}
