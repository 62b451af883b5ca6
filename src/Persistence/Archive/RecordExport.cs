using System.Globalization;
using System.Numerics;
using Delegation.Archive.V1;
using Delegation.Persistence.Tenancy;

namespace Delegation.Persistence.Archive;

/// <summary>
/// Exports what a database holds of a delegation, in a transaction of the caller that sees one instant: what the policies show to the caller's side is in
/// it, and nothing else.
/// </summary>
internal sealed class RecordExport(TenantSession session, Guid ownerId, Guid delegationId, RecordWriter writer, CancellationToken cancellationToken)
{
    public async Task<RecordSummary> RunAsync()
    {
        var summary = new RecordSummary();
        var tables = await session.ReadRecordTablesAsync(cancellationToken);
        var named = new List<string>();
        var shared = new List<string>();
        foreach (var table in tables)
        {
            if (table.Exclusion is { } reason)
            {
                summary.Excluded.Add(new RecordExclusion { Name = table.Name, Reason = reason });
                continue;
            }

            var columns = await session.ReadRecordColumnsAsync(table.Name, cancellationToken);
            if (columns.Any(column => column.Name == "file_id") && columns.Any(column => column.Name == "file_name"))
                named.Add(table.Name);
            if (table.HasDelegations)
                shared.AddRange(columns.Where(column => column.Name.EndsWith("file_id", StringComparison.Ordinal)).Select(column => $"SELECT \"{column.Name}\" {Of(table)}"));
            summary.Tables.Add(await TableAsync(table, columns));
        }

        await FilesAsync(named, shared, summary);
        await JournalAsync(summary);
        return summary;
    }

    // Names come from the catalogue and are quoted there; values are parameters. What is of several delegations is in the record of each of them.
    private static string Of(RecordTableInfo table) =>
        $"FROM \"{table.Name}\" t WHERE owner_id = @owner AND {(table.HasDelegations ? "(delegation_id = @delegation OR @delegation = ANY (delegation_ids))" : "delegation_id = @delegation")}";

    private static string From(RecordTableInfo table) => $"{Of(table)} ORDER BY {table.Key}";

    // What is of an organisation alone is the caller's own.
    private object Whose(RecordTableInfo table) => new { owner = table.Kind == "organisation" ? session.Caller.OrganizationId : ownerId, delegation = delegationId };

    private async Task<RecordTable> TableAsync(RecordTableInfo table, IReadOnlyList<RecordColumn> columns)
    {
        var exported = new RecordTable { Name = table.Name, Description = table.Description };
        var sums = columns.ToDictionary(column => column.Name, _ => BigInteger.Zero);

        await writer.StartAsync($"tables/{table.Name}.csv");
        await writer.WriteCsvAsync(columns.Select(column => column.Name));
        await using (var rows = await session.ReadAsync($"SELECT {string.Join(", ", columns.Select(column => $"\"{column.Name}\"::text"))} {From(table)}", Whose(table), cancellationToken))
            while (await rows.ReadAsync(cancellationToken))
            {
                var fields = Enumerable.Range(0, columns.Count).Select(place => rows.IsDBNull(place) ? null : rows.GetString(place)).ToArray();
                for (var place = 0; place < fields.Length; place++)
                    if (columns[place].IsWhole && fields[place] is { } number)
                        sums[columns[place].Name] += BigInteger.Parse(number, CultureInfo.InvariantCulture);

                await writer.WriteCsvAsync(fields);
                exported.Rows++;
            }

        foreach (var column in columns.Where(column => column.IsWhole))
            exported.Sums[column.Name] = sums[column.Name].ToString(CultureInfo.InvariantCulture);

        await writer.StartAsync($"tables/{table.Name}.jsonl");
        await using (var rows = await session.ReadAsync($"SELECT row_to_json(t)::text {From(table)}", Whose(table), cancellationToken))
            while (await rows.ReadAsync(cancellationToken))
                await writer.WriteLineAsync(rows.GetString(0));

        await writer.StartAsync($"tables/{table.Name}.dictionary.csv");
        await writer.WriteCsvAsync(["column", "type", "required", "description"]);
        foreach (var column in columns)
            await writer.WriteCsvAsync([column.Name, column.Type, column.Required ? "yes" : "no", column.Description]);

        return exported;
    }

    private async Task FilesAsync(IReadOnlyList<string> naming, IReadOnlyList<string> shared, RecordSummary summary)
    {
        var parameters = new { owner = ownerId, delegation = delegationId };
        var names = new Dictionary<Guid, string>();
        foreach (var table in naming)
            foreach (var (id, name) in await session.QueryAsync<(Guid, string)>(
                $"SELECT file_id, file_name FROM \"{table}\" WHERE owner_id = @owner AND delegation_id = @delegation AND file_id IS NOT NULL", parameters, cancellationToken))
                names[id] = name;

        // What the platform made itself, such as a contract to sign or a bulletin, has no name of its own; people open it by its ending.
        var files = await session.QueryAsync<(Guid Delegation, Guid Id, long Bytes, string Usual)>(
            $"""
            SELECT delegation_id, file_id, size_bytes, (
                SELECT CASE substring(c.bytes FOR 5) WHEN '%PDF-'::bytea THEN 'document.pdf' WHEN '<!doc'::bytea THEN 'document.html' WHEN '<!DOC'::bytea THEN 'document.html' END
                FROM file_chunk c
                WHERE c.owner_id = f.owner_id AND c.delegation_id = f.delegation_id AND c.file_id = f.file_id AND c.place = 0)
            FROM file f
            WHERE owner_id = @owner AND (delegation_id = @delegation{string.Concat(shared.Select(files => $" OR file_id IN ({files})"))})
            ORDER BY file_id
            """,
            parameters, cancellationToken);
        foreach (var (delegation, id, bytes, usual) in files)
        {
            await writer.StartAsync($"files/{id}/{names.GetValueOrDefault(id, usual ?? "file")}");
            await using var chunks = await session.ReadAsync(
                "SELECT bytes FROM file_chunk WHERE owner_id = @owner AND delegation_id = @delegation AND file_id = @file ORDER BY place",
                new { owner = ownerId, delegation, file = id }, cancellationToken);
            while (await chunks.ReadAsync(cancellationToken))
                await writer.WriteAsync((byte[])chunks.GetValue(0));

            summary.Files++;
            summary.FileBytes += bytes;
        }
    }

    private async Task JournalAsync(RecordSummary summary)
    {
        await writer.StartAsync("journal/entries.jsonl");
        await using (var rows = await session.ReadAsync("SELECT * FROM journal_of(@owner, @delegation)", new { owner = ownerId, delegation = delegationId }, cancellationToken))
            while (await rows.ReadAsync(cancellationToken))
            {
                await writer.WriteJsonAsync(ArchivedEntry.Read(rows));
                summary.JournalEntries++;
                summary.LastPosition = rows.GetInt64(0);
            }

        if (session.Caller.OrganizationId != ownerId)
            return;

        await writer.StartAsync("journal/chain.csv");
        await writer.WriteCsvAsync(["position", "owner_position", "entry_id", "digest", "previous_hash", "hash"]);
        await using var chain = await session.ReadAsync("SELECT * FROM chain_of(@owner)", new { owner = ownerId }, cancellationToken);
        while (await chain.ReadAsync(cancellationToken))
            await writer.WriteCsvAsync([
                chain.GetInt64(0).ToString(CultureInfo.InvariantCulture), chain.GetInt64(1).ToString(CultureInfo.InvariantCulture), chain.GetGuid(2).ToString(),
                Hex(chain.GetValue(3)), Hex(chain.GetValue(4)), Hex(chain.GetValue(5)),
            ]);
    }

    private static string Hex(object bytes) => Convert.ToHexStringLower((byte[])bytes);
}
