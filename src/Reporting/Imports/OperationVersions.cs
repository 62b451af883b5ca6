using Delegation.Persistence.Tenancy;

namespace Delegation.Reporting.Imports;

/// <summary>Operations: each line tells a version of one, and a file that replaces a period tells by what it leaves out.</summary>
internal static class OperationVersions
{
    // What a version tells; of a current one and an incoming one they are compared.
    private const string Told = "kind, receive_day, receive_time, complete_day, close_day, close_time, outcome, automated";

    private const string Insert =
        """
        INSERT INTO operation (owner_id, delegation_id, delegate_id, operation_id, reference, version, kind, receive_day, receive_time, complete_day,
                               close_day, close_time, outcome, automated, withdrawn, import_id, line, record_time)
        """;

    public static async Task<Moved> TellOperationsAsync(this TenantSession session, ImportRow import, CancellationToken cancellationToken)
    {
        var of = new { import.OwnerId, import.DelegationId, import.DelegateId, import.Id, import.PeriodStartDay, import.PeriodEndDay, now = import.ApplyTime };
        if (import.Mode == ImportRow.Correct)
            await session.ExecuteAsync(RejectUnknown, of, cancellationToken);

        // Whatever the planner knows of the operations of this delegation, it finds lines by their reference and never goes through them all.
        await session.ExecuteAsync("CREATE INDEX ON incoming (reference)", cancellationToken: cancellationToken);
        var (added, changed) = await session.FindAsync<(long, long)>(TellVersions, of, cancellationToken);
        if (import.Mode != ImportRow.Replace)
            return new Moved(added, changed, 0, 0, 0);

        return new Moved(added, changed, 0, await session.ExecuteAsync(Withdraw, of, cancellationToken), await session.ExecuteAsync(Reopen, of, cancellationToken));
    }

    private const string RejectUnknown =
        """
        UPDATE incoming i SET fields = ARRAY['reference'], reasons = ARRAY['REFERENCE_UNKNOWN']
        WHERE i.reasons IS NULL AND NOT EXISTS (
            SELECT FROM operation o
            WHERE o.owner_id = @OwnerId AND o.delegation_id = @DelegationId AND o.reference = i.reference AND o.supersede_time IS NULL AND NOT o.withdrawn)
        """;

    // All parts of a statement see the rows as they were before it.
    private const string TellVersions =
        $"""
        WITH ended AS (
            UPDATE operation o SET supersede_time = @now
            FROM incoming i
            WHERE o.owner_id = @OwnerId AND o.delegation_id = @DelegationId AND o.reference = i.reference AND o.supersede_time IS NULL AND i.reasons IS NULL
              AND (o.withdrawn OR (o.kind, o.receive_day, o.receive_time, o.complete_day, o.close_day, o.close_time, o.outcome, o.automated)
                   IS DISTINCT FROM (i.kind, i.receive_day, i.receive_time, i.complete_day, i.close_day, i.close_time, i.outcome, i.automated))
            RETURNING o.reference, o.operation_id, o.version),
        told AS (
            {Insert}
            SELECT @OwnerId, @DelegationId, @DelegateId, coalesce(e.operation_id, i.operation_id), i.reference, coalesce(e.version, 0) + 1, i.kind, i.receive_day,
                   i.receive_time, i.complete_day, i.close_day, i.close_time, i.outcome, i.automated, false, @Id, i.line, @now
            FROM incoming i
            LEFT JOIN ended e ON e.reference = i.reference
            LEFT JOIN operation o ON o.owner_id = @OwnerId AND o.delegation_id = @DelegationId AND o.reference = i.reference AND o.supersede_time IS NULL
            WHERE i.reasons IS NULL AND (e.reference IS NOT NULL OR o.reference IS NULL)
            RETURNING version)
        SELECT count(*) FILTER (WHERE version = 1), count(*) FILTER (WHERE version > 1) FROM told
        """;

    // A line that was rejected still says that its operation is there.
    private const string Withdraw =
        $"""
        WITH ended AS (
            UPDATE operation o SET supersede_time = @now
            WHERE o.owner_id = @OwnerId AND o.delegation_id = @DelegationId AND o.supersede_time IS NULL AND NOT o.withdrawn
              AND o.receive_day BETWEEN @PeriodStartDay AND @PeriodEndDay AND NOT EXISTS (SELECT FROM incoming i WHERE i.reference = o.reference)
            RETURNING o.*)
        {Insert}
        SELECT owner_id, delegation_id, delegate_id, operation_id, reference, version + 1, {Told}, true, @Id, 0, @now FROM ended
        """;

    private const string Reopen =
        $"""
        WITH ended AS (
            UPDATE operation o SET supersede_time = @now
            WHERE o.owner_id = @OwnerId AND o.delegation_id = @DelegationId AND o.supersede_time IS NULL AND NOT o.withdrawn
              AND o.receive_day < @PeriodStartDay AND o.close_day BETWEEN @PeriodStartDay AND @PeriodEndDay
              AND NOT EXISTS (SELECT FROM incoming i WHERE i.reference = o.reference)
            RETURNING o.*)
        {Insert}
        SELECT owner_id, delegation_id, delegate_id, operation_id, reference, version + 1, kind, receive_day, receive_time, complete_day, NULL, NULL, NULL, NULL, false,
               @Id, 0, @now
        FROM ended
        """;
}
