using Npgsql;

namespace Delegation.Persistence.Journal;

/// <summary>
/// A number below which no pending entry can appear any more. Rows that were sealed and deleted stay in the index while somebody
/// keeps a transaction open, anywhere on the server; starting above them, the search for the next never walks over them.
/// </summary>
/// <remarks>
/// Whoever took a number holds a lock on the table until the transaction ends. So when all who held it just after number N was the
/// latest have ended, no number up to N is still on its way. The snapshot horizon would tell less: any open transaction holds that.
/// </remarks>
internal sealed class PendingFloor(NpgsqlConnection connection, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _nextLook;
    private Candidate? _candidate;

    /// <summary>Nothing is pending at or below this number.</summary>
    public long Seq { get; private set; }

    /// <summary>Now and then, looks how far the writers are. To be called before the query whose result <see cref="Seen"/> is told.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (clock.GetTimestamp() < _nextLook)
            return;

        _nextLook = clock.GetTimestamp() + (long)(Interval.TotalSeconds * clock.TimestampFrequency);
        var (latest, writers) = await WritersAsync(cancellationToken);
        if (_candidate is null)
            _candidate = new Candidate(latest, writers);
        else
            _candidate.Remaining.IntersectWith(writers);
    }

    /// <summary>Takes note of the lowest number that a query found, null for none.</summary>
    public void Seen(long? lowest)
    {
        if (_candidate is not { Remaining.Count: 0 } settled || lowest <= settled.Seq)
            return;

        Seq = Math.Max(Seq, settled.Seq);
        _candidate = null;
    }

    // In this order: whoever takes a number after the first statement took a higher one.
    private async Task<(long Latest, HashSet<string> Writers)> WritersAsync(CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM pending_seq_seq"),
                new(
                    """
                    SELECT virtualtransaction FROM pg_locks
                    WHERE locktype = 'relation' AND relation = 'pending'::regclass AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()
                      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                    """),
            },
        };
        await using var row = await batch.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        var latest = row.GetInt64(0);

        await row.NextResultAsync(cancellationToken);
        var writers = new HashSet<string>(StringComparer.Ordinal);
        while (await row.ReadAsync(cancellationToken))
            writers.Add(row.GetString(0));

        return (latest, writers);
    }

    private sealed record Candidate(long Seq, HashSet<string> Remaining);
}
