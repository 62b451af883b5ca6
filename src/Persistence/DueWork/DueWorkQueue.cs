using Delegation.Persistence.Tenancy;
using Microsoft.Extensions.Logging;

namespace Delegation.Persistence.DueWork;

/// <summary>Takes what is due, one item per transaction. Any number of processes may do so at once: each item is done by one of them.</summary>
internal sealed class DueWorkQueue(SystemSessions sessions, IEnumerable<IDueWork> works, TimeProvider clock, ILogger<DueWorkQueue> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly Dictionary<string, IDueWork> _works = works.ToDictionary(work => work.Kind);

    /// <summary>Does the work that has been due longest.</summary>
    /// <returns>False when nothing is due that this process knows how to do.</returns>
    public async Task<bool> RunNextAsync(CancellationToken cancellationToken)
    {
        await using var session = await sessions.OpenAsync(cancellationToken);
        if (await ClaimAsync(session, cancellationToken) is not { } item)
            return false;

        try
        {
            await session.ExecuteAsync("DELETE FROM due WHERE kind = @Kind AND owner_id = @OwnerId AND object_id = @ObjectId", item, cancellationToken);
            await _works[item.Kind].RunAsync(item, session, cancellationToken);
            await session.CommitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.DueWorkFailed(item.Kind, item.ObjectId, item.Attempts + 1, exception);
            await session.DisposeAsync();
            await PostponeAsync(item, cancellationToken);
        }

        return true;
    }

    // Kinds that only a newer release knows wait for it.
    private Task<DueItem?> ClaimAsync(SystemSession session, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT kind, owner_id AS ownerid, object_id AS objectid, due_time AS duetime, attempts
            FROM due
            WHERE due_time <= @now AND kind = ANY (@kinds)
            ORDER BY due_time
            LIMIT 1
            FOR UPDATE SKIP LOCKED
            """;

        return session.FindAsync<DueItem>(Sql, new { now = clock.GetUtcNow(), kinds = _works.Keys.ToArray() }, cancellationToken);
    }

    // Its lock ended with the transaction that failed, and somebody else may have done or moved it meanwhile: then this changes nothing.
    private async Task PostponeAsync(DueItem item, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            UPDATE due SET due_time = @next, attempts = attempts + 1
            WHERE kind = @Kind AND owner_id = @OwnerId AND object_id = @ObjectId AND due_time = @DueTime AND attempts = @Attempts
            """;

        await using var session = await sessions.OpenAsync(cancellationToken);
        var next = clock.GetUtcNow() + PauseAfter(item.Attempts);
        await session.ExecuteAsync(Sql, new { item.Kind, item.OwnerId, item.ObjectId, item.DueTime, item.Attempts, next }, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    /// <summary>How long to leave an item alone that had failed so many times before it failed again: each time twice as long.</summary>
    internal static TimeSpan PauseAfter(int attempts) =>
        attempts >= 10 ? LongestPause : TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << attempts, LongestPause.Ticks));
}
