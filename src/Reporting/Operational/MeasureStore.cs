using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Reporting.Operational;

/// <summary>Recorded measures in the database.</summary>
internal static class MeasureStore
{
    private const string Selection =
        """
        SELECT measure_id AS id, commitment_id AS commitmentid, version_id AS versionid, period_start_day AS periodstartday, period_end_day AS periodendday,
               part, number, is_latest AS islatest, content::text AS content, record_time AS recordtime, revision
        FROM commitment_measure
        WHERE owner_id = @OwnerId AND delegation_id = @DelegationId
        """;

    /// <summary>The last day that imports of operations cover; null without any.</summary>
    public static Task<DateOnly?> FindCoveredDayAsync(this TenantSession session, KnownDelegation delegation, CancellationToken cancellationToken) =>
        session.FindAsync<DateOnly?>(
            "SELECT max(period_end_day) FROM import WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND state = 'applied' AND kind = 'operations'",
            delegation,
            cancellationToken);

    /// <summary>
    /// Until the end of the transaction no import of operations is applied and no other measures of the delegation are recorded. The lock on imports is shared, as
    /// that of reports is: two reports that are published at once hold it both, and would wait for each other for ever.
    /// </summary>
    public static Task LockMeasuresAsync(this TenantSession session, KnownDelegation delegation, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        SELECT pg_advisory_xact_lock_shared(hashtextextended(concat_ws(' ', 'import', @DelegationId, 'operations'), 0)),
               pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'measures', @DelegationId), 0))
        """,
        delegation,
        cancellationToken);

    /// <summary>The latest measures of the periods that end in some days.</summary>
    public static Task<IReadOnlyList<MeasureRow>> ListLatestAsync(
        this TenantSession session, KnownDelegation delegation, Period days, CancellationToken cancellationToken) =>
        session.QueryAsync<MeasureRow>(
            $"{Selection} AND is_latest AND period_end_day BETWEEN @Start AND @End ORDER BY commitment_id, period_end_day, part",
            new { delegation.OwnerId, delegation.DelegationId, days.Start, days.End },
            cancellationToken);

    /// <summary>The latest measures of a commitment whose periods have days among some, without a caller.</summary>
    public static Task<IReadOnlyList<MeasureRow>> ListLatestAsync(
        this SystemSession session, KnownDelegation delegation, Guid commitmentId, DateOnly start, DateOnly end, CancellationToken cancellationToken) =>
        session.QueryAsync<MeasureRow>(
            $"{Selection} AND is_latest AND commitment_id = @commitmentId AND period_start_day <= @end AND period_end_day >= @start ORDER BY period_end_day, part",
            new { delegation.OwnerId, delegation.DelegationId, commitmentId, start, end },
            cancellationToken);

    /// <summary>A page of the latest measures, those of the latest periods first.</summary>
    public static async Task<Page<MeasureRow>> ListMeasuresAsync(
        this TenantSession session, KnownDelegation delegation, Guid? commitmentId, bool breachedOnly, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<MeasureRow>(
            $"""
            {Selection} AND is_latest AND (@commitmentId::uuid IS NULL OR commitment_id = @commitmentId) AND (NOT @breachedOnly OR is_breached)
              AND (period_end_day, measure_id) < (@afterDay, @afterId)
            ORDER BY period_end_day DESC, measure_id DESC
            LIMIT @Limit
            """,
            new
            {
                delegation.OwnerId,
                delegation.DelegationId,
                commitmentId,
                breachedOnly,
                afterDay = page.After is { } after ? DateOnly.FromDateTime(after.Time) : DateOnly.MaxValue,
                afterId = page.After?.Id ?? Guid.AllBitsSet,
                page.Limit,
            },
            cancellationToken);
        return rows.ToPage(page, row => new PageKey(row.PeriodEndDay.ToDateTime(default, DateTimeKind.Utc), row.Id));
    }

    public static Task<Outcome<MeasureRow>> FindMeasureAsync(this TenantSession session, KnownDelegation delegation, Guid id, CancellationToken cancellationToken) =>
        session.FindMeasureAsync(delegation, id, "", cancellationToken);

    /// <summary>The same, and nobody else changes it until the end of the transaction.</summary>
    public static Task<Outcome<MeasureRow>> LockMeasureAsync(this TenantSession session, KnownDelegation delegation, Guid id, CancellationToken cancellationToken) =>
        session.FindMeasureAsync(delegation, id, "FOR UPDATE", cancellationToken);

    public static Task InsertMeasureAsync(this TenantSession session, KnownDelegation delegation, MeasureRow row, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            """
            INSERT INTO commitment_measure (owner_id, delegation_id, delegate_id, measure_id, commitment_id, version_id, period_start_day, period_end_day, part,
                                            number, is_latest, is_breached, content, record_time, revision)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @CommitmentId, @VersionId, @PeriodStartDay, @PeriodEndDay, @Part, @Number, @IsLatest, @IsBreached,
                    @Content::jsonb, @RecordTime, @Revision)
            """,
            Parameters(delegation, row),
            cancellationToken);

    public static Task UpdateMeasureAsync(this TenantSession session, KnownDelegation delegation, MeasureRow row, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            """
            UPDATE commitment_measure SET is_latest = @IsLatest, is_breached = @IsBreached, content = @Content::jsonb, revision = @Revision
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND measure_id = @Id
            """,
            Parameters(delegation, row),
            cancellationToken);

    /// <summary>Keeps the operations that were late for a measure: one statement, however many they are.</summary>
    public static Task InsertLateAsync(
        this TenantSession session, KnownDelegation delegation, Guid measureId, IReadOnlyList<LateItem> late, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO late_operation (owner_id, delegation_id, delegate_id, measure_id, place, reference, start_day, start_time, stop_day, stop_time, elapsed_hundredths)
        SELECT @OwnerId, @DelegationId, @DelegateId, @measureId, (l.place - 1)::integer, l.reference, l.start_day, l.start_time, l.stop_day, l.stop_time, l.elapsed
        FROM unnest(@references::text[], @startDays::date[], @startTimes::timestamptz[], @stopDays::date[], @stopTimes::timestamptz[], @elapsed::bigint[])
             WITH ORDINALITY AS l (reference, start_day, start_time, stop_day, stop_time, elapsed, place)
        """,
        new
        {
            delegation.OwnerId,
            delegation.DelegationId,
            delegation.DelegateId,
            measureId,
            references = late.Select(item => item.Reference).ToArray(),
            startDays = late.Select(item => item.Start.Day).ToArray(),
            startTimes = late.Select(item => item.Start.Time?.UtcDateTime).ToArray(),
            stopDays = late.Select(item => item.Stop?.Day).ToArray(),
            stopTimes = late.Select(item => item.Stop?.Time?.UtcDateTime).ToArray(),
            elapsed = late.Select(item => item.ElapsedHundredths).ToArray(),
        },
        cancellationToken);

    /// <summary>A page of the operations that were late for a measure, in the order in which it counted them.</summary>
    public static async Task<Page<LateRow>> ListLateAsync(
        this TenantSession session, KnownDelegation delegation, Guid measureId, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<LateRow>(
            """
            SELECT place, reference, start_day AS startday, start_time AS starttime, stop_day AS stopday, stop_time AS stoptime, elapsed_hundredths AS elapsedhundredths
            FROM late_operation
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND measure_id = @measureId AND place > @after
            ORDER BY place
            LIMIT @Limit
            """,
            new { delegation.OwnerId, delegation.DelegationId, measureId, after = page.After is { } after ? (int)after.Time.Ticks : -1, page.Limit },
            cancellationToken);
        return rows.ToPage(page, row => new PageKey(new DateTime(row.Place), measureId));
    }

    private static object Parameters(KnownDelegation delegation, MeasureRow row) => new
    {
        delegation.OwnerId,
        delegation.DelegationId,
        delegation.DelegateId,
        row.Id,
        row.CommitmentId,
        row.VersionId,
        row.PeriodStartDay,
        row.PeriodEndDay,
        row.Part,
        row.Number,
        row.IsLatest,
        row.IsBreached,
        row.Content,
        row.RecordTime,
        row.Revision,
    };

    private static async Task<Outcome<MeasureRow>> FindMeasureAsync(
        this TenantSession session, KnownDelegation delegation, Guid id, string locking, CancellationToken cancellationToken) =>
        await session.FindAsync<MeasureRow>(
            $"{Selection} AND measure_id = @id {locking}", new { delegation.OwnerId, delegation.DelegationId, id }, cancellationToken) is { } measure
            ? new Outcome<MeasureRow>.Accepted(measure)
            : new Outcome<MeasureRow>.NotFound("MEASURE_NOT_FOUND", new("The delegation has no measure with this id.", "La délégation n'a pas de mesure portant cet identifiant."));
}
