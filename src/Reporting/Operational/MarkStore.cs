using Delegation.Persistence.Tenancy;

namespace Delegation.Reporting.Operational;

/// <summary>Marks of operations in the database.</summary>
internal static class MarkStore
{
    private const int Most = 200;

    /// <summary>Keeps marks, each once: one statement. How many are new, and how many took the place of former ones.</summary>
    public static Task<(int Added, int Replaced)> SaveMarksAsync(
        this TenantSession session, KnownDelegation delegation, IReadOnlyList<MarkRow> marks, Guid personId, DateTime now, CancellationToken cancellationToken) =>
        session.FindAsync<(int, int)>(
            """
            WITH saved AS (
                INSERT INTO operation_mark (owner_id, delegation_id, delegate_id, reference, mark, code, mark_time, end_time, person_id, tell_time)
                SELECT @OwnerId, @DelegationId, @DelegateId, m.*, @personId, @now
                FROM unnest(@references, @marks, @codes, @times, @ends) AS m
                ON CONFLICT (owner_id, delegation_id, reference, mark, code, mark_time)
                    DO UPDATE SET end_time = excluded.end_time, person_id = excluded.person_id, tell_time = excluded.tell_time
                RETURNING xmax = 0 AS is_new)
            SELECT (count(*) FILTER (WHERE is_new))::integer, (count(*) FILTER (WHERE NOT is_new))::integer FROM saved
            """,
            new
            {
                delegation.OwnerId,
                delegation.DelegationId,
                delegation.DelegateId,
                personId,
                now,
                references = marks.Select(mark => mark.Reference).ToArray(),
                marks = marks.Select(mark => mark.Mark).ToArray(),
                codes = marks.Select(mark => mark.Code).ToArray(),
                times = marks.Select(mark => mark.MarkTime).ToArray(),
                ends = marks.Select(mark => mark.EndTime).ToArray(),
            },
            cancellationToken);

    /// <summary>The marks of an operation, the earliest first.</summary>
    public static Task<IReadOnlyList<MarkRow>> ListMarksAsync(
        this TenantSession session, KnownDelegation delegation, string reference, CancellationToken cancellationToken) =>
        session.QueryAsync<MarkRow>(
            $"""
            SELECT reference, mark, code, mark_time AS marktime, end_time AS endtime
            FROM operation_mark
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND reference = @reference
            ORDER BY mark_time, mark, code
            LIMIT {Most}
            """,
            new { delegation.OwnerId, delegation.DelegationId, reference },
            cancellationToken);
}
