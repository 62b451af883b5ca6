using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Delegation.Journal.V1;
using Delegation.Persistence.Tenancy;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Delegation.Persistence.Journal;

/// <summary>Reads parts of an insurer's chain, batch by batch, so that a slow reader holds no connection.</summary>
/// <param name="dataSource">Connects as the service's system role.</param>
internal sealed class ChainReader([FromKeyedServices(SystemSessions.ConnectionName)] NpgsqlDataSource dataSource)
{
    private const int BatchSize = 200;

    /// <summary>The links from the first to the last entry of a delegation in a period; those entries with what their digests need, if both parties see them.</summary>
    public async IAsyncEnumerable<IReadOnlyList<ChainLink>> ReadAsync(
        Guid ownerId, Guid delegationId, DateTimeOffset start, DateTimeOffset end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Ids of entries are in the order of their time, to the millisecond.
        var (from, to) = (FirstId(start), FirstId(end));
        var (next, last) = await BoundsAsync(ownerId, delegationId, from, to, cancellationToken);
        while (next <= last)
        {
            var links = await BatchAsync(ownerId, delegationId, from, to, next, last, cancellationToken);
            yield return links;
            next = links[^1].OwnerPosition + 1;
        }
    }

    private static Guid FirstId(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.ToUnixTimeMilliseconds() << 16);
        return new Guid(bytes, bigEndian: true);
    }

    private async Task<(long First, long Last)> BoundsAsync(Guid ownerId, Guid delegationId, Guid from, Guid to, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT coalesce(min(s.owner_position), 1), coalesce(max(s.owner_position), 0)
            FROM journal j JOIN seal s USING (entry_id)
            WHERE j.entry_id >= $3 AND j.entry_id < $4 AND j.owner_id = $1 AND j.delegation_id = $2
            """;

        await using var query = Query(Sql, ownerId, delegationId, from, to);
        await using var row = await query.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return (row.GetInt64(0), row.GetInt64(1));
    }

    private async Task<List<ChainLink>> BatchAsync(
        Guid ownerId, Guid delegationId, Guid from, Guid to, long next, long last, CancellationToken cancellationToken)
    {
        const string Sql =
            $"""
            SELECT s.position, s.owner_position, s.previous_hash, s.digest, s.hash, j.payload, j.salt, j.payload_digest, {EntryColumns.Sql}
            FROM seal s
            LEFT JOIN journal j ON j.entry_id = s.entry_id AND j.delegation_id = $2 AND j.visibility = 'both' AND j.entry_id >= $3 AND j.entry_id < $4
            WHERE s.owner_id = $1 AND s.owner_position BETWEEN $5 AND $6
            ORDER BY s.owner_position
            LIMIT $7
            """;

        await using var query = Query(Sql, ownerId, delegationId, from, to, next, last, BatchSize);
        await using var row = await query.ExecuteReaderAsync(cancellationToken);
        var links = new List<ChainLink>();
        while (await row.ReadAsync(cancellationToken))
            links.Add(Read(row, ownerId));

        return links;
    }

    private static ChainLink Read(NpgsqlDataReader row, Guid ownerId)
    {
        var link = new ChainLink
        {
            Position = row.GetInt64(0),
            OwnerId = ownerId.ToString(),
            OwnerPosition = row.GetInt64(1),
            PreviousHash = ByteString.CopyFrom(row.GetFieldValue<byte[]>(2)),
            Digest = ByteString.CopyFrom(row.GetFieldValue<byte[]>(3)),
            Hash = ByteString.CopyFrom(row.GetFieldValue<byte[]>(4)),
        };
        if (row.IsDBNull(8))
            return link;

        var entry = EntryColumns.Read(row, 8, EntryColumns.OptionalBytes(row, 5));
        link.Entry = new SealedEntry(link.Position, link.OwnerPosition, link.Hash.Memory, entry).ToMessage();
        link.Salt = EntryColumns.OptionalBytes(row, 6) is { } salt ? ByteString.CopyFrom(salt) : ByteString.Empty;
        link.PayloadDigest = ByteString.CopyFrom(row.GetFieldValue<byte[]>(7));
        return link;
    }

    private NpgsqlCommand Query(string sql, params ReadOnlySpan<object> values)
    {
        var query = dataSource.CreateCommand(sql);
        foreach (var value in values)
            query.Parameters.Add(new() { Value = value });

        return query;
    }
}
