using System.Text;
using Dapper;
using Npgsql;

namespace Delegation.Services.Tests.Reversibility;

/// <summary>What each side, and both, hold of a delegation in a service, marked so that it is found wherever it is kept.</summary>
internal static class PlantedContent
{
    public static string Mark(string visibility, string what = "CONTENT") => $"{what}-OF-{visibility}";

    /// <summary>A file and an entry of the journal of each visibility, and an answer that was kept for the delegate's retries.</summary>
    public static async Task PlantAsync(Part part, Guid delegation, string what = "CONTENT")
    {
        const string Sql =
            """
            INSERT INTO file SELECT owner_id, delegation_id, delegate_id, @file, @visibility, length(@bytes), encode(sha256(@bytes), 'hex'), @now FROM delegation WHERE delegation_id = @delegation;
            INSERT INTO file_chunk SELECT owner_id, delegation_id, delegate_id, @file, 0, @visibility, @bytes FROM delegation WHERE delegation_id = @delegation;
            WITH entry AS (
                INSERT INTO journal
                SELECT gen_random_uuid(), owner_id, delegation_id, delegate_id, @visibility, 'thing', gen_random_uuid(), 1, NULL, NULL, @now, 'a.Thing', @bytes, @salt, sha256(@salt || @bytes)
                FROM delegation WHERE delegation_id = @delegation RETURNING entry_id)
            INSERT INTO pending (entry_id) SELECT entry_id FROM entry;
            """;

        await using var connection = new NpgsqlConnection(part.Database.AdminConnectionString);
        var (salt, now) = (new byte[16], DateTime.UtcNow);
        foreach (var visibility in new[] { "both", "insurer", "delegate" })
            await connection.ExecuteAsync(Sql, new { delegation, visibility, file = Guid.CreateVersion7(), bytes = Encoding.UTF8.GetBytes(Mark(visibility, what)), salt, now });
        await connection.ExecuteAsync(
            """
            INSERT INTO idempotency
            SELECT delegate_id, gen_random_uuid(), 'a method', gen_random_uuid(), sha256(''), @bytes, @now FROM delegation WHERE delegation_id = @delegation
            """,
            new { delegation, bytes = Encoding.UTF8.GetBytes(Mark("delegate", what)), now });
    }

    /// <summary>The tables of a service in which a text stands, in any column of any row, as text or in bytes.</summary>
    public static async Task<IReadOnlyList<string>> TablesWithAsync(NpgsqlConnection connection, string text)
    {
        var found = new List<string>();
        foreach (var table in await TablesAsync(connection))
            if (await connection.ExecuteScalarAsync<bool>(
                $"SELECT EXISTS (SELECT FROM \"{table}\" t WHERE position(@text IN t::text) > 0 OR position(@hex IN t::text) > 0)",
                new { text, hex = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)) }))
                found.Add(table);

        return found;
    }

    /// <summary>All that a delegation has in a service, but what a service does by itself at any time.</summary>
    public static async Task<IReadOnlyList<string>> RowsAsync(Part part, Guid delegation)
    {
        await using var connection = new NpgsqlConnection(part.Database.AdminConnectionString);
        var rows = new List<string>();
        foreach (var table in await TablesAsync(connection))
            rows.AddRange(await connection.QueryAsync<string>(
                $"SELECT '{table} ' || t::text FROM \"{table}\" t WHERE to_jsonb(t) ->> 'delegation_id' = @delegation ORDER BY 1", new { delegation = delegation.ToString() }));

        return rows;
    }

    // Those that the role of the connection may read.
    private static async Task<IEnumerable<string>> TablesAsync(NpgsqlConnection connection) => await connection.QueryAsync<string>(
        """
        SELECT c.relname::text FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND has_table_privilege(c.oid, 'SELECT')
        ORDER BY 1
        """);
}
