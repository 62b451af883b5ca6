using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Reporting.Imports;

/// <summary>Mappings in the database: those of the caller's organisation.</summary>
internal static class ImportMappingStore
{
    private const string Columns =
        """
        SELECT owner_id AS ownerid, mapping_id AS id, revision, kind, name, content
        FROM import_mapping
        WHERE owner_id = @OrganizationId
        """;

    /// <summary>A revision of a mapping, or the latest one; null when there is none.</summary>
    public static Task<ImportMappingRow?> FindMappingAsync(this TenantSession session, Guid id, int? revision, CancellationToken cancellationToken) =>
        session.FindAsync<ImportMappingRow>(
            $"{Columns} AND mapping_id = @id AND {(revision is null ? "is_latest" : "revision = @revision")}", new { session.Caller.OrganizationId, id, revision }, cancellationToken);

    /// <summary>The latest revision for a command: until its end nobody else changes the mapping.</summary>
    public static async Task<Outcome<ImportMappingRow>> LockMappingAsync(this TenantSession session, Guid id, CancellationToken cancellationToken)
    {
        // Not by a lock of the row: the next revision is another one.
        await session.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'import mapping', @id), 0))", new { id }, cancellationToken);
        return await session.FindMappingAsync(id, revision: null, cancellationToken) is { } row ? new Outcome<ImportMappingRow>.Accepted(row) : NotFound<ImportMappingRow>();
    }

    public static async Task<Page<ImportMappingRow>> ListMappingsAsync(this TenantSession session, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<ImportMappingRow>(
            $"{Columns} AND is_latest AND (@after::uuid IS NULL OR mapping_id < @after)\nORDER BY mapping_id DESC\nLIMIT @Limit",
            new { session.Caller.OrganizationId, after = page.After?.Id, page.Limit },
            cancellationToken);
        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }

    /// <summary>Adds a revision, which is the latest from then on; false when another mapping has the name.</summary>
    public static async Task<bool> InsertMappingAsync(this TenantSession session, ImportMappingRow row, CancellationToken cancellationToken)
    {
        const string End = "UPDATE import_mapping SET is_latest = false WHERE owner_id = @OwnerId AND mapping_id = @Id AND is_latest";
        const string Sql =
            """
            INSERT INTO import_mapping (owner_id, mapping_id, revision, is_latest, kind, name, content)
            VALUES (@OwnerId, @Id, @Revision, true, @Kind, @Name, @Content::jsonb)
            ON CONFLICT DO NOTHING
            """;

        if (row.Revision > 1)
            await session.ExecuteAsync(End, row, cancellationToken);
        return await session.ExecuteAsync(Sql, row, cancellationToken) == 1;
    }

    public static Outcome<T> NotFound<T>() => new Outcome<T>.NotFound(
        "IMPORT_MAPPING_NOT_FOUND", new("There is no mapping with this id.", "Aucune correspondance n'a cet identifiant."));
}
