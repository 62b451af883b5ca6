using Delegation.Persistence.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Delegation.Persistence.Journal;

/// <summary>Reads the sealed entries of this service's journal.</summary>
/// <param name="dataSource">Connects as the service's system role.</param>
public sealed class JournalReader([FromKeyedServices(SystemSessions.ConnectionName)] NpgsqlDataSource dataSource)
{
    /// <summary>The entries after a position, in order.</summary>
    /// <param name="position">0 for the first of all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<SealedEntry>> AfterAsync(long position, int limit, CancellationToken cancellationToken = default)
    {
        const string Sql =
            $"""
            SELECT s.position, s.owner_position, s.hash, j.payload, {EntryColumns.Sql},
                   d.delegate_id IS NOT NULL OR mentions_departed(j.delegate_id, j.payload) AS departed
            FROM (SELECT * FROM seal WHERE position > $1 ORDER BY position LIMIT $2) s
            JOIN journal j USING (entry_id)
            LEFT JOIN departure d ON d.delegate_id = j.delegate_id AND d.delegation_id = j.delegation_id
            ORDER BY s.position
            """;

        await using var query = dataSource.CreateCommand(Sql);
        query.Parameters.Add(new() { Value = position });
        query.Parameters.Add(new() { Value = limit });
        await using var row = await query.ExecuteReaderAsync(cancellationToken);

        var entries = new List<SealedEntry>();
        while (await row.ReadAsync(cancellationToken))
        {
            var entry = EntryColumns.Read(row, 4, EntryColumns.OptionalBytes(row, 3));
            entries.Add(new SealedEntry(row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2), entry) { DelegateDeparted = row.GetBoolean(16) });
        }

        return entries;
    }

    /// <summary>The position of what is sealed last; 0 while there is nothing.</summary>
    public async Task<long> LastAsync(CancellationToken cancellationToken = default)
    {
        await using var query = dataSource.CreateCommand("SELECT coalesce(max(position), 0) FROM seal");
        return (long)(await query.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The hash at a position; null beyond the end.</summary>
    public async Task<byte[]?> HashAtAsync(long position, CancellationToken cancellationToken = default)
    {
        await using var query = dataSource.CreateCommand("SELECT hash FROM seal WHERE position = $1");
        query.Parameters.Add(new() { Value = position });

        return (byte[]?)await query.ExecuteScalarAsync(cancellationToken);
    }
}
