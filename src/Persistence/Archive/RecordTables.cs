using Delegation.Persistence.Tenancy;

namespace Delegation.Persistence.Archive;

/// <summary>A column of a table that is exported.</summary>
internal sealed record RecordColumn(string Name, string Type, bool Required, string Description)
{
    /// <summary>Whether its sum is a control total.</summary>
    public bool IsWhole => Type is "smallint" or "integer" or "bigint";
}

/// <summary>A table as the catalogue of the database knows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What its comment declares: party, organisation, reference or system.</param>
/// <param name="Description">What its comment says.</param>
/// <param name="Readable">Whether requests may read it.</param>
/// <param name="HasDelegation">Whether its rows say of which delegation they are.</param>
/// <param name="HasDelegations">Whether they may be of several, which they name.</param>
/// <param name="Key">The columns of its primary key, quoted, in its order.</param>
internal sealed record RecordTableInfo(string Name, string Kind, string Description, bool Readable, bool HasDelegation, bool HasDelegations, string Key)
{
    /// <summary>Why it is in no record; null for what is.</summary>
    public string? Exclusion => this switch
    {
        { Name: "file_chunk" } => "its bytes are the original files",
        { Kind: "reference" } => "the same for all, published with the platform",
        { Kind: "system" } => "work of the platform itself; the journal is exported with its chain",
        { HasDelegation: false } => "of an organisation, not of a delegation",
        { Readable: false } => "no party may read it",
        _ => null,
    };
}

/// <summary>What of a database belongs to a delegation: the catalogue is asked, so that no table can be forgotten.</summary>
internal static class RecordTables
{
    public static Task<IReadOnlyList<RecordTableInfo>> ReadRecordTablesAsync(this TenantSession session, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT c.relname::text AS name,
                   coalesce(substring(obj_description(c.oid, 'pg_class') FROM '^kind: ([a-z]+)'), '') AS kind,
                   coalesce(substring(obj_description(c.oid, 'pg_class') FROM E'^[^\n]*\n(.*)$'), '') AS description,
                   has_table_privilege(c.oid, 'SELECT') AS readable,
                   EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'delegation_id' AND NOT a.attisdropped) AS hasdelegation,
                   EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'delegation_ids' AND NOT a.attisdropped) AS hasdelegations,
                   coalesce((SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY array_position(i.indkey::smallint[], a.attnum))
                             FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
                             WHERE i.indrelid = c.oid AND i.indisprimary), '') AS key
            FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            ORDER BY c.relname
            """;

        return session.QueryAsync<RecordTableInfo>(Sql, cancellationToken: cancellationToken);
    }

    public static Task<IReadOnlyList<RecordColumn>> ReadRecordColumnsAsync(this TenantSession session, string table, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required,
                   coalesce(col_description(a.attrelid, a.attnum), '') AS description
            FROM pg_attribute a
            WHERE a.attrelid = to_regclass('public.' || quote_ident(@table)) AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum
            """;

        return session.QueryAsync<RecordColumn>(Sql, new { table }, cancellationToken);
    }
}
