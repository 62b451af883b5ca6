using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Reporting.Imports;

/// <summary>Makes the lines of the temporary table <c>incoming</c> count, under the policies of the caller: a fixed number of statements.</summary>
internal static class AppliedLines
{
    private const string Replaced = "replace";

    // What a version tells; of a current one and an incoming one they are compared.
    private const string Told = "kind, receive_day, receive_time, complete_day, close_day, close_time, outcome, automated";

    private const string Insert =
        """
        INSERT INTO operation (owner_id, delegation_id, delegate_id, operation_id, reference, version, kind, receive_day, receive_time, complete_day,
                               close_day, close_time, outcome, automated, withdrawn, import_id, line, record_time)
        """;

    /// <summary>Lines of one kind of a delegation change one import after the other.</summary>
    public static Task LockLinesAsync(this TenantSession session, ImportRow import, CancellationToken cancellationToken) => session.ExecuteAsync(
        "SELECT pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'import', @DelegationId, @Kind), 0))", new { import.DelegationId, import.Kind }, cancellationToken);

    /// <summary>The instant from which the lines count: never before that of an earlier import, whatever the clocks of two processes say.</summary>
    public static async Task<DateTime> NextApplyTimeAsync(this TenantSession session, ImportRow import, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = await session.FindAsync<DateTime?>(
            "SELECT max(apply_time) FROM import WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND kind = @Kind",
            new { import.OwnerId, import.DelegationId, import.Kind },
            cancellationToken);
        var time = now.InMicroseconds();
        return last >= time ? last.Value.AddMicroseconds(1) : time;
    }

    /// <summary>The import as it is once its lines count.</summary>
    public static async Task<ImportRow> ApplyStagedAsync(this TenantSession session, ImportRow import, Staged staged, DateTime now, CancellationToken cancellationToken)
    {
        var parties = new { import.OwnerId, import.DelegationId, import.DelegateId, import.Id, import.PeriodStartDay, import.PeriodEndDay, now };
        await session.ExecuteAsync(RejectDoubles, cancellationToken: cancellationToken);
        var rejected = await session.ExecuteAsync(KeepRejected, parties, cancellationToken);
        var rejections = await session.QueryAsync<(string Field, string Reason, long Lines)>(CountRejections, cancellationToken: cancellationToken);
        var (added, changed) = await session.FindAsync<(long, long)>(TellVersions, parties, cancellationToken);
        var replaces = import.Mode == Replaced;
        var withdrawn = replaces ? await session.ExecuteAsync(Withdraw, parties, cancellationToken) : 0;
        var reopened = replaces ? await session.ExecuteAsync(Reopen, parties, cancellationToken) : 0;
        var accepted = staged.ReadLines - rejected;

        return import with
        {
            State = ImportRow.Applied,
            ReadLines = staged.ReadLines,
            AcceptedLines = accepted,
            RejectedLines = rejected,
            OpenRejectedLines = rejected,
            AddedLines = added,
            ChangedLines = changed,
            UnchangedLines = accepted - added - changed,
            WithdrawnOperations = withdrawn,
            ReopenedOperations = reopened,
            UnknownColumns = [.. staged.UnknownColumns],
            Rejections = ImportRow.WriteRejections(rejections.Select(one => new Rejections { Field = one.Field, Reason = one.Reason, Lines = one.Lines })),
            ApplyTime = now,
            Revision = import.Revision + 1,
        };
    }

    /// <summary>Marks rejected lines of earlier imports that this one tells again, or whose period it replaces; how many of which import.</summary>
    public static Task<IReadOnlyList<(Guid ImportId, long Lines)>> MarkCorrectedAsync(this TenantSession session, ImportRow import, CancellationToken cancellationToken) =>
        session.QueryAsync<(Guid, long)>(
            """
            WITH marked AS (
                UPDATE rejected_line r SET corrected = true
                WHERE r.owner_id = @OwnerId AND r.delegation_id = @DelegationId AND NOT r.corrected AND r.import_id <> @Id
                  AND (EXISTS (SELECT FROM incoming i WHERE i.reference = r.reference AND i.reasons IS NULL)
                    OR @replaces AND EXISTS (
                        SELECT FROM import o
                        WHERE o.owner_id = r.owner_id AND o.delegation_id = r.delegation_id AND o.import_id = r.import_id AND o.kind = @Kind
                          AND o.period_start_day >= @PeriodStartDay AND o.period_end_day <= @PeriodEndDay))
                RETURNING r.import_id)
            SELECT import_id, count(*) FROM marked GROUP BY import_id ORDER BY import_id
            """,
            new { import.OwnerId, import.DelegationId, import.Id, import.Kind, import.PeriodStartDay, import.PeriodEndDay, replaces = import.Mode == Replaced },
            cancellationToken);

    // Of several lines with one reference the first that is right counts.
    private const string RejectDoubles =
        """
        UPDATE incoming i SET fields = ARRAY['reference'], reasons = ARRAY['REFERENCE_TWICE']
        FROM (SELECT line, row_number() OVER (PARTITION BY reference ORDER BY line) AS place FROM incoming WHERE reasons IS NULL) o
        WHERE o.line = i.line AND o.place > 1
        """;

    private const string KeepRejected =
        """
        INSERT INTO rejected_line (owner_id, delegation_id, delegate_id, visibility, import_id, line, reference, fields, reasons, cells, corrected)
        SELECT @OwnerId, @DelegationId, @DelegateId, 'delegate', @Id, line, reference, fields, reasons, cells, false
        FROM incoming
        WHERE reasons IS NOT NULL
        """;

    private const string CountRejections =
        """
        SELECT told.field, told.reason, count(*)
        FROM incoming i CROSS JOIN unnest(i.fields, i.reasons) told (field, reason)
        WHERE i.reasons IS NOT NULL
        GROUP BY 1, 2
        ORDER BY 3 DESC, 2
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
