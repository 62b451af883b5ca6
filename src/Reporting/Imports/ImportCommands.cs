using Delegation.Persistence.DueWork;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.ContractReferences;
using Delegation.Reporting.Imports.Kinds;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Reporting.Imports;

/// <summary>The commands on imports.</summary>
internal sealed class ImportCommands(TimeProvider clock, ImportOptions options)
{
    private static readonly LocalizedText IsExpired = new(
        "No file came for this import in time. Announce it again.", "Aucun fichier n'est arrivé à temps pour cet import. Annoncez-le de nouveau.");

    private static readonly FieldViolation MappingKindDiffers = new(
        "mapping_id", "MAPPING_KIND_DIFFERS", new("This mapping is for lines of another kind.", "Cette correspondance vaut pour des lignes d'une autre nature."),
        new("Choose one of the kind of the import.", "Choisissez-en une de la nature de l'import."));

    /// <summary>Announces an import, or finds the one of the same content.</summary>
    public Task<Outcome<Import>> CreateAsync(TenantSession session, CreateImportRequest request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Announcement.Read(request, now).ThenAsync(async announced =>
            await (await session.FindDelegationAsync(announced.DelegationId, cancellationToken)).ThenAsync(async delegation =>
                delegation.Closed<Import>() ?? await (await MappingRevisionAsync(session, announced, cancellationToken)).ThenAsync<Import>(async revision =>
                {
                    var row = announced.ToRow(delegation, revision, session.Caller.PersonId, now, options.WaitsFor);
                    if (!await session.InsertImportAsync(row, cancellationToken))
                        return new Outcome<Import>.Accepted((await session.FindSameAsync(row, cancellationToken)).ToMessage());

                    await session.AppendAsync(delegation.Entry(ImportJournal.ObjectType, row.Id, row.Revision, new ImportAnnounced { Import = row.ToMessage() }), clock, cancellationToken);
                    await session.ScheduleAsync(ImportExpiry.WorkKind, row.OwnerId, row.DelegationId, row.Id, row.ExpireTime, cancellationToken);
                    return new Outcome<Import>.Accepted(row.ToMessage());
                })));
    }

    /// <summary>Applies a file that came whole to the import that it was announced as.</summary>
    public async Task<Outcome<Import>> ApplyAsync(TenantSession session, ImportRow announced, IncomingFile file, UploadProgress progress, CancellationToken cancellationToken)
    {
        session.StatementLimit = options.StatementLimit;
        return await (await session.LockImportAsync(announced.Delegation, announced.Id, cancellationToken)).ThenAsync<Import>(async row =>
        {
            if (Answered(row) is { } answer)
                return answer;

            var mapping = row.MappingId is null ? null : await session.FindMappingAsync(row.MappingId.Value, row.MappingRevision, cancellationToken);
            var kind = ImportKinds.Of(row.Kind);
            var cells = CellSums.Of(kind, options.CellsInMemory);
            var staged = await session.StageAsync(file, kind, row.Period, mapping?.ToMessage(), cells, progress, cancellationToken);
            progress.Step = ImportProgress.Types.Step.Applying;
            await session.LockLinesAsync(row, cancellationToken);
            var numbered = await session.NumberAsync(row, clock.GetUtcNow(), cancellationToken);
            var applied = await session.ApplyStagedAsync(numbered, kind, staged, cancellationToken);
            if (cells is not null)
                await cells.ApplyAsync(session, applied, staged.AcceptedLines, cancellationToken);
            await session.SaveImportAsync(applied, cancellationToken);
            await session.AppendAsync(row.Delegation.Entry(ImportJournal.ObjectType, row.Id, applied.Revision, new ImportApplied { Import = applied.ToMessage() }), clock, cancellationToken);
            await session.KeepWorkAsync(applied, clock, cancellationToken);
            if (kind.Fields.Contains(Fields.Contract))
                await session.MatchContractsAsync(applied, clock, cancellationToken);
            await session.CorrectEarlierAsync(applied, clock, cancellationToken);
            await session.CancelScheduledAsync(ImportExpiry.WorkKind, row.OwnerId, row.DelegationId, row.Id, cancellationToken);
            return new Outcome<Import>.Accepted(applied.ToMessage());
        });
    }

    /// <summary>What an import answers that takes no file any more; null for one that waits.</summary>
    public static Outcome<Import>? Answered(ImportRow row) => row.State switch
    {
        ImportRow.Applied => new Outcome<Import>.Accepted(row.ToMessage()),
        ImportRow.Expired => new Outcome<Import>.Refused("IMPORT_EXPIRED", IsExpired),
        _ => null,
    };

    /// <summary>The ids in a request about one import.</summary>
    public static (Guid Delegation, Guid Import) Ids(string delegationId, string importId)
    {
        var violations = new List<FieldViolation>();
        var delegation = IdField.Read("delegation_id", delegationId, violations);
        var import = IdField.Read("import_id", importId, violations);
        violations.RefuseIfAny();
        return (delegation!.Value, import!.Value);
    }

    private static async Task<Outcome<int?>> MappingRevisionAsync(TenantSession session, Announcement announced, CancellationToken cancellationToken)
    {
        if (announced.MappingId is not { } id)
            return new Outcome<int?>.Accepted(null);
        if (await session.FindMappingAsync(id, revision: null, cancellationToken) is not { } mapping)
            return ImportMappingStore.NotFound<int?>();

        return mapping.Kind == announced.Kind ? new Outcome<int?>.Accepted(mapping.Revision) : new Outcome<int?>.Invalid(MappingKindDiffers);
    }
}
