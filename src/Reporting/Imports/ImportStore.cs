using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Reporting.Imports;

/// <summary>Imports in the database.</summary>
internal static class ImportStore
{
    private const string Columns =
        """
        SELECT i.owner_id AS ownerid, i.delegation_id AS delegationid, i.delegate_id AS delegateid, i.import_id AS id, i.kind, i.mode, i.state,
               i.period_start_day AS periodstartday, i.period_end_day AS periodendday, i.file_name AS filename, i.sha256, i.mapping_id AS mappingid,
               i.mapping_revision AS mappingrevision, i.read_lines AS readlines, i.accepted_lines AS acceptedlines, i.rejected_lines AS rejectedlines,
               i.open_rejected_lines AS openrejectedlines, i.added_lines AS addedlines, i.changed_lines AS changedlines, i.unchanged_lines AS unchangedlines,
               i.withdrawn_operations AS withdrawnoperations, i.reopened_operations AS reopenedoperations, i.unknown_columns AS unknowncolumns, i.rejections,
               i.number, i.ended_lines AS endedlines, i.read_amount AS readamount, i.accepted_amount AS acceptedamount, i.rejected_amount AS rejectedamount,
               i.totals, i.warnings, i.columns, i.new_columns AS newcolumns, i.missing_columns AS missingcolumns,
               i.person_id AS personid, i.create_time AS createtime, i.apply_time AS applytime, i.expire_time AS expiretime, i.revision,
               p.step, p.received_bytes AS receivedbytes, p.read_lines AS progresslines, p.update_time AS updatetime
        FROM import i
        LEFT JOIN import_progress p ON p.owner_id = i.owner_id AND p.delegation_id = i.delegation_id AND p.import_id = i.import_id
        WHERE i.owner_id = @OwnerId AND i.delegation_id = @DelegationId
        """;

    // Without progress, which is the parties' alone.
    private const string Plain =
        """
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, import_id AS id, kind, mode, state, period_start_day AS periodstartday,
               period_end_day AS periodendday, file_name AS filename, sha256, mapping_id AS mappingid, mapping_revision AS mappingrevision, person_id AS personid,
               create_time AS createtime, expire_time AS expiretime, revision
        FROM import
        WHERE owner_id = @ownerId AND import_id = @id AND state = 'waiting'
        FOR NO KEY UPDATE
        """;

    /// <summary>The import, or not found.</summary>
    public static async Task<Outcome<ImportRow>> FindImportAsync(this TenantSession session, KnownDelegation delegation, Guid id, CancellationToken cancellationToken) =>
        Found(await session.FindAsync<ImportRow>($"{Columns} AND i.import_id = @id", new { delegation.OwnerId, delegation.DelegationId, id }, cancellationToken));

    /// <summary>The same for a command: until its end nobody else changes it.</summary>
    public static async Task<Outcome<ImportRow>> LockImportAsync(this TenantSession session, KnownDelegation delegation, Guid id, CancellationToken cancellationToken) =>
        Found(await session.FindAsync<ImportRow>($"{Columns} AND i.import_id = @id FOR NO KEY UPDATE OF i", new { delegation.OwnerId, delegation.DelegationId, id }, cancellationToken));

    public static async Task<Page<ImportRow>> ListImportsAsync(this TenantSession session, KnownDelegation delegation, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<ImportRow>(
            $"{Columns} AND (@after::uuid IS NULL OR i.import_id < @after)\nORDER BY i.import_id DESC\nLIMIT @Limit",
            new { delegation.OwnerId, delegation.DelegationId, after = page.After?.Id, page.Limit },
            cancellationToken);
        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }

    /// <summary>Adds an import; false when there is one of the same content.</summary>
    public static async Task<bool> InsertImportAsync(this TenantSession session, ImportRow row, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO import (owner_id, delegation_id, delegate_id, import_id, kind, mode, state, period_start_day, period_end_day, file_name, sha256, mapping_id,
                                mapping_revision, read_lines, accepted_lines, rejected_lines, open_rejected_lines, added_lines, changed_lines, unchanged_lines,
                                withdrawn_operations, reopened_operations, unknown_columns, rejections, person_id, create_time, expire_time, revision)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @Kind, @Mode, @State, @PeriodStartDay, @PeriodEndDay, @FileName, @Sha256, @MappingId,
                    @MappingRevision, 0, 0, 0, 0, 0, 0, 0, 0, 0, '{}', '[]', @PersonId, @CreateTime, @ExpireTime, @Revision)
            ON CONFLICT DO NOTHING
            """;

        return await session.ExecuteAsync(Sql, row, cancellationToken) == 1;
    }

    /// <summary>The import of the same content, which is there.</summary>
    public static async Task<ImportRow> FindSameAsync(this TenantSession session, ImportRow row, CancellationToken cancellationToken) =>
        (await session.FindAsync<ImportRow>(
            $"""
            {Columns} AND i.kind = @Kind AND i.mode = @Mode AND i.period_start_day = @PeriodStartDay AND i.period_end_day = @PeriodEndDay AND i.sha256 = @Sha256
              AND i.mapping_id IS NOT DISTINCT FROM @MappingId AND i.mapping_revision IS NOT DISTINCT FROM @MappingRevision AND i.state <> 'expired'
            """,
            row,
            cancellationToken))!;

    /// <summary>For what runs without a caller: the import, if it still waits for its file.</summary>
    public static Task<ImportRow?> LockWaitingAsync(this SystemSession session, Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        session.FindAsync<ImportRow>(Plain, new { ownerId, id }, cancellationToken);

    /// <summary>Saves what became of it.</summary>
    public static Task SaveImportAsync(this DatabaseSession session, ImportRow row, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            UPDATE import
            SET state = @State, read_lines = @ReadLines, accepted_lines = @AcceptedLines, rejected_lines = @RejectedLines, open_rejected_lines = @OpenRejectedLines,
                added_lines = @AddedLines, changed_lines = @ChangedLines, unchanged_lines = @UnchangedLines, withdrawn_operations = @WithdrawnOperations,
                reopened_operations = @ReopenedOperations, unknown_columns = @UnknownColumns, rejections = @Rejections::jsonb, apply_time = @ApplyTime, revision = @Revision,
                number = @Number, ended_lines = @EndedLines, read_amount = @ReadAmount, accepted_amount = @AcceptedAmount, rejected_amount = @RejectedAmount,
                totals = @Totals::jsonb, warnings = @Warnings::jsonb, columns = @Columns, new_columns = @NewColumns, missing_columns = @MissingColumns
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND import_id = @Id
            """;

        return session.ExecuteAsync(Sql, row, cancellationToken);
    }

    private static Outcome<ImportRow> Found(ImportRow? row) => row is not null
        ? new Outcome<ImportRow>.Accepted(row)
        : new Outcome<ImportRow>.NotFound("IMPORT_NOT_FOUND", new("There is no import with this id in the delegation.", "Aucun import de la délégation n'a cet identifiant."));
}
