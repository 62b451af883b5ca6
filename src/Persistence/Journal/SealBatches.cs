using Npgsql;

namespace Delegation.Persistence.Journal;

/// <summary>
/// Seals pending entries batch by batch, on the connection that holds the sealer's lock: once that is lost, nothing more can be
/// written. A batch takes two round trips, and the second is one short transaction.
/// </summary>
internal sealed class SealBatches
{
    public const int Size = 500;

    private readonly NpgsqlConnection _connection;
    private readonly PendingFloor _floor;
    private readonly Dictionary<Guid, ChainHead> _heads = [];
    private long _position;

    private SealBatches(NpgsqlConnection connection, TimeProvider clock, long position)
    {
        _connection = connection;
        _floor = new PendingFloor(connection, clock);
        _position = position;
    }

    /// <summary>Goes on where the last leader ended.</summary>
    public static async Task<SealBatches> StartAsync(NpgsqlConnection connection, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var last = new NpgsqlCommand("SELECT coalesce(max(position), 0) FROM seal", connection);
        return new SealBatches(connection, clock, (long)(await last.ExecuteScalarAsync(cancellationToken))!);
    }

    /// <summary>Seals the oldest pending entries and answers how many.</summary>
    public async Task<int> SealNextAsync(CancellationToken cancellationToken)
    {
        await _floor.LookAsync(cancellationToken);
        var pending = await PendingAsync(cancellationToken);
        _floor.Seen(pending.Count > 0 ? pending[0].Seq : null);
        if (pending.Count == 0)
            return 0;

        await LoadHeadsAsync(pending, cancellationToken);
        var seals = pending.Select(Next).ToArray();
        await WriteAsync(pending, seals, cancellationToken);

        return pending.Count;
    }

    // Should writing fail, then so does the connection's leadership, and the next leader starts from what is written.
    private Seal Next(Pending pending)
    {
        var seal = Seal.Next(++_position, _heads[pending.Entry.OwnerId], pending.Entry, pending.PayloadDigest);
        _heads[seal.OwnerId] = new ChainHead(seal.OwnerPosition, seal.Hash);
        return seal;
    }

    private async Task<List<Pending>> PendingAsync(CancellationToken cancellationToken)
    {
        const string Sql =
            $"""
            SELECT p.seq, j.payload_digest, {EntryColumns.Sql}
            FROM (SELECT seq, entry_id FROM pending WHERE seq > $1 ORDER BY seq LIMIT $2) p
            JOIN journal j USING (entry_id)
            ORDER BY p.seq
            """;

        await using var query = new NpgsqlCommand(Sql, _connection) { Parameters = { new() { Value = _floor.Seq }, new() { Value = Size } } };
        await using var row = await query.ExecuteReaderAsync(cancellationToken);

        var pending = new List<Pending>();
        while (await row.ReadAsync(cancellationToken))
            pending.Add(new Pending(row.GetInt64(0), EntryColumns.Read(row, 2, payload: null), row.GetFieldValue<byte[]>(1)));

        return pending;
    }

    private async Task LoadHeadsAsync(IReadOnlyList<Pending> pending, CancellationToken cancellationToken)
    {
        var unknown = pending.Select(next => next.Entry.OwnerId).Distinct().Where(owner => !_heads.ContainsKey(owner)).ToArray();
        if (unknown.Length == 0)
            return;

        const string Sql =
            """
            SELECT owner.id, last.owner_position, last.hash
            FROM unnest($1) AS owner (id)
            CROSS JOIN LATERAL (SELECT owner_position, hash FROM seal WHERE owner_id = owner.id ORDER BY owner_position DESC LIMIT 1) last
            """;

        foreach (var owner in unknown)
            _heads[owner] = ChainHead.Empty;

        await using var query = new NpgsqlCommand(Sql, _connection) { Parameters = { new() { Value = unknown } } };
        await using var row = await query.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            _heads[row.GetGuid(0)] = new ChainHead(row.GetInt64(1), row.GetFieldValue<byte[]>(2));
    }

    // The statements of a batch are one transaction.
    private async Task WriteAsync(IReadOnlyList<Pending> pending, IReadOnlyList<Seal> seals, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(_connection)
        {
            BatchCommands =
            {
                new("INSERT INTO seal SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)")
                {
                    Parameters =
                    {
                        new() { Value = seals.Select(seal => seal.Position).ToArray() },
                        new() { Value = seals.Select(seal => seal.OwnerId).ToArray() },
                        new() { Value = seals.Select(seal => seal.OwnerPosition).ToArray() },
                        new() { Value = seals.Select(seal => seal.EntryId).ToArray() },
                        new() { Value = seals.Select(seal => seal.Digest).ToArray() },
                        new() { Value = seals.Select(seal => seal.PreviousHash).ToArray() },
                        new() { Value = seals.Select(seal => seal.Hash).ToArray() },
                    },
                },
                new("DELETE FROM pending WHERE seq = ANY ($1)") { Parameters = { new() { Value = pending.Select(next => next.Seq).ToArray() } } },
                new($"NOTIFY {JournalSignal.Channel}"),
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record Pending(long Seq, JournalEntry Entry, byte[] PayloadDigest);
}
