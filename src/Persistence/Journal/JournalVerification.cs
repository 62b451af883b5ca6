using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Delegation.Persistence.Journal;

/// <summary>Verifies the journal of a database, as it is at one moment: what is written meanwhile does not matter.</summary>
/// <param name="dataSource">Any role that may read the tables of the journal.</param>
public sealed class JournalVerification(NpgsqlDataSource dataSource)
{
    /// <summary>Reads the whole journal once, and again where a fault has to be told.</summary>
    /// <param name="anchors">Hashes known from elsewhere, such as <see cref="ChainReport.Ends"/> of the last verification.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ChainReport> VerifyAsync(IReadOnlyList<ChainAnchor> anchors, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(anchors);

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var stray = await StrayAsync(connection, cancellationToken);

        return await new ChainVerifier(() => RowsAsync(connection, cancellationToken), stray, anchors).VerifyAsync();
    }

    private static async Task<Guid?> StrayAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT entry_id FROM journal
            WHERE NOT EXISTS (SELECT FROM seal WHERE seal.entry_id = journal.entry_id)
              AND NOT EXISTS (SELECT FROM pending WHERE pending.entry_id = journal.entry_id)
            ORDER BY entry_id LIMIT 1
            """;

        await using var query = new NpgsqlCommand(Sql, connection) { CommandTimeout = 0 };
        return await query.ExecuteScalarAsync(cancellationToken) as Guid?;
    }

    private static async IAsyncEnumerable<ChainRow> RowsAsync(NpgsqlConnection connection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string Sql =
            $"""
            SELECT s.position, s.owner_id, s.owner_position, s.entry_id, s.digest, s.previous_hash, s.hash, j.payload, j.salt, j.payload_digest, {EntryColumns.Sql}
            FROM seal s LEFT JOIN journal j USING (entry_id)
            ORDER BY s.position
            """;

        await using var query = new NpgsqlCommand(Sql, connection) { CommandTimeout = 0 };
        await using var row = await query.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            var seal = new Seal(
                row.GetInt64(0), row.GetGuid(1), row.GetInt64(2), row.GetGuid(3),
                row.GetFieldValue<byte[]>(4), row.GetFieldValue<byte[]>(5), row.GetFieldValue<byte[]>(6));
            var stored = row.IsDBNull(10)
                ? null
                : new StoredEntry(
                    EntryColumns.Read(row, 10, EntryColumns.OptionalBytes(row, 7)), EntryColumns.OptionalBytes(row, 8), row.GetFieldValue<byte[]>(9));

            yield return new ChainRow(seal, stored);
        }
    }
}
