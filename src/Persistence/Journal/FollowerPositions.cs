using Delegation.Persistence.Tenancy;

namespace Delegation.Persistence.Journal;

/// <summary>How far a follower is.</summary>
/// <param name="Position">Of the last entry that it applied; 0 for none.</param>
/// <param name="Hash">Of that entry, which proves on the next connection that the journal is still the same.</param>
internal readonly record struct FollowerPosition(long Position, ReadOnlyMemory<byte> Hash);

/// <summary>
/// Saves how far a follower is, as steps from one position to the next. Steps are inserted and not updated: a row that is updated all
/// the time gets slow to find while somebody keeps a transaction open.
/// </summary>
internal sealed class FollowerPositions(string follower, TimeProvider clock)
{
    private const int StepsKept = 256;

    private int _steps;

    public async Task<FollowerPosition> LastAsync(SystemSessions sessions, CancellationToken cancellationToken)
    {
        await using var session = await sessions.OpenAsync(cancellationToken);
        var last = await session.FindAsync<Step>(
            "SELECT position, hash FROM follower_position WHERE follower = @follower ORDER BY after_position DESC LIMIT 1",
            new { follower },
            cancellationToken);

        return last is null ? default : new FollowerPosition(last.Position, last.Hash);
    }

    /// <summary>Saves a step in the transaction that takes it.</summary>
    /// <exception cref="Npgsql.PostgresException"><c>23505</c>: another process took a step from there.</exception>
    public async Task SaveAsync(SystemSession session, FollowerPosition from, FollowerPosition to, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            "INSERT INTO follower_position (follower, after_position, position, hash, apply_time) VALUES (@follower, @After, @Position, @Hash, @Now)",
            new { follower, After = from.Position, to.Position, Hash = to.Hash.ToArray(), Now = clock.GetUtcNow() },
            cancellationToken);

        if (++_steps % StepsKept == 0)
            await session.ExecuteAsync("DELETE FROM follower_position WHERE follower = @follower AND after_position < @After", new { follower, After = from.Position }, cancellationToken);
    }

    private sealed record Step(long Position, byte[] Hash);
}
