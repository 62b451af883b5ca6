using Delegation.Persistence.Tenancy;

namespace Delegation.Reporting.Operational;

/// <summary>Counts what figures are made of, as it is known now: one statement for each range of days.</summary>
internal static class FigureStore
{
    public static async Task<Figures> CountFiguresAsync(this TenantSession session, KnownDelegation delegation, Period days, CancellationToken cancellationToken) =>
        (await session.FindAsync<Figures>(
            """
            SELECT *
            FROM (
                SELECT count(*) FILTER (WHERE kind = 'call' AND came) AS callsoffered,
                       count(*) FILTER (WHERE kind = 'call' AND came AND outcome IN ('processed', 'refused')) AS callsanswered,
                       count(*) FILTER (WHERE kind = 'call' AND came AND outcome = 'abandoned') AS callsabandoned,
                       count(*) FILTER (WHERE kind = 'call' AND came AND outcome IN ('processed', 'refused') AND close_time >= receive_time) AS callstimed,
                       coalesce(sum(extract(epoch FROM close_time - receive_time))
                           FILTER (WHERE kind = 'call' AND came AND outcome IN ('processed', 'refused') AND close_time >= receive_time), 0)::bigint AS waitseconds,
                       count(*) FILTER (WHERE kind = 'complaint' AND came) AS complaintsreceived,
                       count(*) FILTER (WHERE kind = 'complaint' AND went) AS complaintsclosed,
                       count(*) FILTER (WHERE kind = 'complaint' AND came AND (close_day IS NOT NULL OR acknowledged)) AS complaintsacknowledged,
                       count(*) FILTER (WHERE kind IN ('claim_noemie', 'claim_other') AND went AND automated IS NOT NULL) AS claimstold,
                       count(*) FILTER (WHERE kind IN ('claim_noemie', 'claim_other') AND went AND automated) AS claimsautomated,
                       count(*) FILTER (WHERE went) AS closed,
                       count(*) FILTER (WHERE NOT went) AS stock
                FROM (
                    SELECT o.kind, o.outcome, o.receive_time, o.close_time, o.close_day, o.automated, o.receive_day >= @Start AS came,
                           coalesce(o.close_day <= @End, false) AS went,
                           o.kind = 'complaint' AND EXISTS (
                               SELECT FROM operation_mark m
                               WHERE m.owner_id = o.owner_id AND m.delegation_id = o.delegation_id AND m.reference = o.reference
                                 AND m.mark = 'event' AND m.code = 'acknowledged') AS acknowledged
                    FROM operation o
                    WHERE o.owner_id = @OwnerId AND o.delegation_id = @DelegationId AND o.supersede_time IS NULL AND NOT o.withdrawn
                      AND o.receive_day <= @End AND (o.close_day IS NULL OR o.close_day >= @Start)) moved) operations
            CROSS JOIN (
                SELECT coalesce(sum(insured), 0)::bigint AS insured
                FROM membership_line
                WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND end_number = 2147483647 AND month = date_trunc('month', @End::date)) membership
            CROSS JOIN (
                SELECT count(*) AS checked, count(*) FILTER (WHERE erroneous) AS erroneous, coalesce(sum(amount), 0)::bigint AS checkedcents,
                       coalesce(sum(abs(deviation)), 0)::bigint AS deviationcents
                FROM quality_sample
                WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND end_number = 2147483647 AND check_day BETWEEN @Start AND @End) quality
            CROSS JOIN (
                SELECT coalesce(sum(active), 0)::bigint AS linksactive, coalesce(sum(active + inactive + not_eligible), 0)::bigint AS links
                FROM noemie_link_line
                WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND end_number = 2147483647 AND observation_day = (
                    SELECT max(observation_day) FROM noemie_link_line
                    WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND end_number = 2147483647 AND observation_day BETWEEN @Start AND @End)) noemie
            CROSS JOIN (
                SELECT count(*) AS reportsdue, count(*) FILTER (WHERE (publish_time AT TIME ZONE 'Europe/Paris')::date <= due_day) AS reportsintime
                FROM report
                WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND due_day BETWEEN @Start AND @End) reports
            """,
            new { delegation.OwnerId, delegation.DelegationId, days.Start, days.End },
            cancellationToken))!;

    /// <summary>How old the stock of each kind is at the end of a day: receipts by day.</summary>
    public static Task<IReadOnlyList<StockDay>> CountStockDaysAsync(
        this TenantSession session, KnownDelegation delegation, DateOnly day, CancellationToken cancellationToken) =>
        session.QueryAsync<StockDay>(
            """
            SELECT kind, receive_day AS receiveday, count(*) AS operations
            FROM operation
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND supersede_time IS NULL AND NOT withdrawn
              AND receive_day <= @day AND (close_day IS NULL OR close_day > @day)
            GROUP BY 1, 2
            """,
            new { delegation.OwnerId, delegation.DelegationId, day },
            cancellationToken);
}

/// <summary>Operations of a kind that came in on a day and are in stock.</summary>
internal sealed record StockDay(string Kind, DateOnly ReceiveDay, long Operations);
