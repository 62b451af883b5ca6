using Delegation.Persistence.Tenancy;

namespace Delegation.Persistence.DueWork;

/// <summary>Puts work on the list of what becomes due, in the transaction of the command or the work that wants it.</summary>
public static class Schedule
{
    /// <summary>
    /// Schedules work for an object of the caller's organisation or, with a delegation, of its two parties. It replaces the time set
    /// before.
    /// </summary>
    /// <exception cref="Npgsql.PostgresException">The caller is no party (SQLSTATE 42501).</exception>
    public static Task ScheduleAsync(
        this TenantSession session,
        string kind,
        Guid ownerId,
        Guid? delegationId,
        Guid objectId,
        DateTimeOffset dueTime,
        CancellationToken cancellationToken = default) =>
        session.ExecuteAsync(
            "SELECT schedule_due(@kind, @ownerId, @delegationId, @objectId, @dueTime)",
            new { kind, ownerId, delegationId, objectId, dueTime = dueTime.ToUniversalTime() },
            cancellationToken);

    /// <summary>Takes work off the list; nothing happens when it is not there.</summary>
    /// <exception cref="Npgsql.PostgresException">The caller is no party (SQLSTATE 42501).</exception>
    public static Task CancelScheduledAsync(
        this TenantSession session, string kind, Guid ownerId, Guid? delegationId, Guid objectId, CancellationToken cancellationToken = default) =>
        session.ExecuteAsync("SELECT cancel_due(@kind, @ownerId, @delegationId, @objectId)", new { kind, ownerId, delegationId, objectId }, cancellationToken);

    /// <summary>Schedules work that runs without a caller. It replaces the time set before.</summary>
    public static Task ScheduleAsync(
        this SystemSession session, string kind, Guid ownerId, Guid objectId, DateTimeOffset dueTime, CancellationToken cancellationToken = default)
    {
        const string Sql =
            """
            INSERT INTO due (kind, owner_id, object_id, due_time) VALUES (@kind, @ownerId, @objectId, @dueTime)
            ON CONFLICT (kind, owner_id, object_id) DO UPDATE SET due_time = excluded.due_time, attempts = 0
            """;

        return session.ExecuteAsync(Sql, new { kind, ownerId, objectId, dueTime = dueTime.ToUniversalTime() }, cancellationToken);
    }
}
