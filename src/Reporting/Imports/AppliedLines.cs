using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Imports.Kinds;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Reporting.Imports;

/// <summary>What became of the lines that were accepted, and of what they leave out.</summary>
/// <param name="Added">Told for the first time.</param>
/// <param name="Changed">Told otherwise than before.</param>
/// <param name="Ended">Lines of a period that the file replaces, left out of it.</param>
/// <param name="Withdrawn">Operations left out of such a file.</param>
/// <param name="Reopened">Operations that such a file closes no more.</param>
internal readonly record struct Moved(long Added, long Changed, long Ended, long Withdrawn, long Reopened);

/// <summary>Makes the lines of the temporary table <c>incoming</c> count, under the policies of the caller: a fixed number of statements.</summary>
internal static class AppliedLines
{
    /// <summary>Lines of one kind of a delegation change one import after the other.</summary>
    public static Task LockLinesAsync(this TenantSession session, ImportRow import, CancellationToken cancellationToken) => session.ExecuteAsync(
        "SELECT pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'import', @DelegationId, @Kind), 0))", new { import.DelegationId, import.Kind }, cancellationToken);

    /// <summary>The import with the number that its lines name it by, and the instant from which they count: after those of all earlier ones.</summary>
    public static async Task<ImportRow> NumberAsync(this TenantSession session, ImportRow import, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Whatever the clocks of two processes say.
        const string Sql =
            """
            UPDATE import SET number = nextval('import_number')
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND import_id = @Id
            RETURNING number, (SELECT max(apply_time) FROM import WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND kind = @Kind) AS last
            """;

        var (number, last) = await session.FindAsync<(int, DateTime?)>(Sql, new { import.OwnerId, import.DelegationId, import.Id, import.Kind }, cancellationToken);
        var time = now.InMicroseconds();
        return import with { Number = number, ApplyTime = last >= time ? last.Value.AddMicroseconds(1) : time };
    }

    /// <summary>The import as it is once its lines count.</summary>
    public static async Task<ImportRow> ApplyStagedAsync(this TenantSession session, ImportRow import, ImportKind kind, Staged staged, CancellationToken cancellationToken)
    {
        if (!staged.IsAscending)
            await session.ExecuteAsync(RejectDoubles, new { kind.ReferenceField }, cancellationToken);
        var moved = kind.HasIds ? await session.TellOperationsAsync(import, cancellationToken) : await session.TellLinesAsync(import, kind, cancellationToken);
        var rejected = await session.ExecuteAsync(KeepRejected(kind), new { import.OwnerId, import.DelegationId, import.DelegateId, import.Id }, cancellationToken);
        var rejections = await session.QueryAsync<(string Field, string Reason, long Lines)>(CountRejections, cancellationToken: cancellationToken);
        var warnings = await session.QueryAsync<Warned>(CountWarnings, cancellationToken: cancellationToken);
        var drift = await session.DriftAsync(import, staged.Plan.Headers, cancellationToken);
        var accepted = staged.ReadLines - rejected;

        return (await session.TotalAsync(import, kind, staged, cancellationToken)) with
        {
            State = ImportRow.Applied,
            ReadLines = staged.ReadLines,
            AcceptedLines = accepted,
            RejectedLines = rejected,
            OpenRejectedLines = rejected,
            AddedLines = moved.Added,
            ChangedLines = moved.Changed,
            UnchangedLines = accepted - moved.Added - moved.Changed,
            EndedLines = moved.Ended,
            WithdrawnOperations = moved.Withdrawn,
            ReopenedOperations = moved.Reopened,
            UnknownColumns = [.. staged.Plan.Unknown],
            Columns = [.. staged.Plan.Headers],
            NewColumns = drift.New,
            MissingColumns = drift.Missing,
            Rejections = ImportRow.Write(rejections.Select(one => new Rejections { Field = one.Field, Reason = one.Reason, Lines = one.Lines })),
            Warnings = ImportRow.Write(warnings.Select(one => new Rejections { Field = "line", Reason = one.Reason, Lines = one.Lines, FirstLines = { one.FirstLines } })),
            Revision = import.Revision + 1,
        };
    }

    /// <summary>Marks rejected lines of earlier imports that this one tells again, or whose period it replaces; how many of which import.</summary>
    public static Task<IReadOnlyList<(Guid ImportId, long Lines)>> MarkCorrectedAsync(this TenantSession session, ImportRow import, CancellationToken cancellationToken) =>
        session.QueryAsync<(Guid, long)>(
            """
            WITH marked AS (
                UPDATE rejected_line r SET corrected = true
                FROM import o
                WHERE r.owner_id = @OwnerId AND r.delegation_id = @DelegationId AND NOT r.corrected AND r.import_id <> @Id
                  AND o.owner_id = r.owner_id AND o.delegation_id = r.delegation_id AND o.import_id = r.import_id AND o.kind = @Kind
                  AND (EXISTS (SELECT FROM incoming i WHERE i.reference = r.reference AND i.reasons IS NULL)
                    OR @replaces AND o.period_start_day >= @PeriodStartDay AND o.period_end_day <= @PeriodEndDay)
                RETURNING r.import_id)
            SELECT import_id, count(*) FROM marked GROUP BY import_id ORDER BY import_id
            """,
            new { import.OwnerId, import.DelegationId, import.Id, import.Kind, import.PeriodStartDay, import.PeriodEndDay, replaces = import.Mode == ImportRow.Replace },
            cancellationToken);

    // What is rejected, counted where it is kept, apart from what was read and what of that was right: a check of the table holds the one against the other.
    private static async Task<ImportRow> TotalAsync(this TenantSession session, ImportRow import, ImportKind kind, Staged staged, CancellationToken cancellationToken)
    {
        if (kind.Money.Count == 0)
            return import;

        // Of lines that are right each for itself no cells are kept.
        string Sums(string of) => string.Join(", ", kind.Money.Select(place => $"coalesce(sum({kind.Fields[place].Column}) FILTER (WHERE {of}), 0)"));
        var sums = (await session.FindAsync<Sums>(
            $"SELECT ARRAY[{Sums("true")}]::bigint[] AS rejected, ARRAY[{Sums("cells IS NULL")}]::bigint[] AS rejectedright FROM incoming WHERE reasons IS NOT NULL", cancellationToken: cancellationToken))!;
        long[] accepted = [.. staged.AcceptedTotals.Zip(sums.RejectedRight, (right, rejected) => right - rejected)];
        return import with
        {
            ReadAmount = staged.Totals.Sum(),
            AcceptedAmount = accepted.Sum(),
            RejectedAmount = sums.Rejected.Sum(),
            Totals = ImportRow.Write(kind.Money.Select((place, at) =>
                new ImportTotal { Field = kind.Fields[place].Name, Read = staged.Totals[at], Accepted = accepted[at], Rejected = sums.Rejected[at], Currency = "EUR" })),
        };
    }

    // Against the last file of the same kind and form.
    private static async Task<(string[] New, string[] Missing)> DriftAsync(this TenantSession session, ImportRow import, IReadOnlyList<string> headers, CancellationToken cancellationToken)
    {
        var last = await session.FindAsync<LastColumns>(
            """
            SELECT columns
            FROM import
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND kind = @Kind AND state = 'applied' AND mapping_id IS NOT DISTINCT FROM @MappingId
            ORDER BY apply_time DESC
            LIMIT 1
            """,
            new { import.OwnerId, import.DelegationId, import.Kind, import.MappingId },
            cancellationToken);
        return last is null ? ([], []) : ([.. headers.Except(last.Columns)], [.. last.Columns.Except(headers)]);
    }

    // Of several lines with one reference the first that is right counts.
    private const string RejectDoubles =
        """
        UPDATE incoming i SET fields = ARRAY[@ReferenceField], reasons = ARRAY['REFERENCE_TWICE']
        FROM (
            SELECT line, row_number() OVER (PARTITION BY reference ORDER BY line) AS place
            FROM incoming
            WHERE reasons IS NULL AND reference IN (SELECT reference FROM incoming WHERE reasons IS NULL GROUP BY reference HAVING count(*) > 1)) o
        WHERE o.line = i.line AND o.place > 1
        """;

    // What was rejected because of other lines has no cells: they are written anew from what was read of them.
    private static string KeepRejected(ImportKind kind) =>
        $"""
        INSERT INTO rejected_line (owner_id, delegation_id, delegate_id, visibility, import_id, line, reference, fields, reasons, cells, corrected)
        SELECT @OwnerId, @DelegationId, @DelegateId, 'delegate', @Id, line, reference, fields, reasons, coalesce(cells, ARRAY[{kind.Cells}]), false
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

    private const string CountWarnings =
        """
        SELECT reason, count(*) AS lines, array_agg(line) FILTER (WHERE place <= 20) AS firstlines
        FROM (
            SELECT told.reason, i.line::bigint, row_number() OVER (PARTITION BY told.reason ORDER BY i.line) AS place
            FROM incoming i CROSS JOIN unnest(i.warnings) told (reason)
            WHERE i.reasons IS NULL AND i.warnings IS NOT NULL) w
        GROUP BY reason
        ORDER BY lines DESC, reason
        """;

    private sealed record Sums
    {
        public required long[] Rejected { get; init; }

        public required long[] RejectedRight { get; init; }
    }

    private sealed record Warned
    {
        public required string Reason { get; init; }

        public required long Lines { get; init; }

        public required long[] FirstLines { get; init; }
    }

    private sealed record LastColumns
    {
        public required string[] Columns { get; init; }
    }
}
