using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Satisfaction;
using Delegation.ServiceDefaults.Time;
using Kind = Delegation.Delivery.V1.AgendaPoint.Types.Kind;
using State = Delegation.Delivery.V1.Meeting.Types.State;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>Something that stands on an agenda by itself.</summary>
/// <param name="ObjectType">Kind of the object.</param>
/// <param name="ObjectId">The object.</param>
/// <param name="Title">Its title.</param>
/// <param name="Since">Since when it is open or late.</param>
/// <param name="Count">How many of its kind there are.</param>
internal sealed record AgendaItemRow(string ObjectType, Guid ObjectId, string Title, DateTime Since, int Count)
{
    /// <summary>The fixed point that it stands under.</summary>
    public Kind Point => ObjectType switch
    {
        "escalation" or "commitment_measure" or "report" => Kind.Difficulties,
        "action" or "goal" or "deliverable" => Kind.Progress,
        _ => Kind.Activities,
    };
}

/// <summary>What the platform puts on the agenda of a meeting.</summary>
internal static class AgendaItems
{
    private const int Most = 100;

    /// <summary>
    /// The escalations that are open, or were when the meeting began, the commitments that were missed and the reports that came late as they became known since the
    /// meeting before, before it begins the actions, milestones and deliverables that are late, and the latest figures of satisfaction: nobody has to think of them.
    /// Those for a meeting to come stand on the next one of its committee alone.
    /// </summary>
    public static async Task<IReadOnlyList<AgendaItemRow>> ListAgendaItemsAsync(
        this TenantSession session, MeetingRow meeting, DateTimeOffset now, string language, CancellationToken cancellationToken)
    {
        var begins = new DateTimeOffset(meeting.StartTime);
        var isToCome = meeting.In == State.Planned && begins > now;
        if (meeting.In == State.Cancelled || (isToCome && await session.HasEarlierMeetingAsync(meeting, now, cancellationToken)))
            return [];

        var at = (isToCome ? now : begins).UtcDateTime;
        var items = await session.QueryAsync<AgendaItemRow>(
            """
            (SELECT 'escalation' AS objecttype, e.escalation_id AS objectid, e.title, e.raise_time AS since, (count(*) OVER ())::integer AS count
             FROM escalation e
             WHERE e.owner_id = @OwnerId AND e.delegation_id = @DelegationId AND e.raise_time <= @at AND (e.close_time IS NULL OR e.close_time > @at)
             ORDER BY e.escalation_id
             LIMIT @Most)
            UNION ALL
            (SELECT b.object_type, b.measure_id, CASE @language WHEN 'fr' THEN b.title_fr ELSE b.title_en END, b.breach_time,
                    (count(*) OVER (PARTITION BY b.object_type))::integer
             FROM commitment_breach b
             WHERE b.owner_id = @OwnerId AND b.delegation_id = @DelegationId AND b.breach_time <= @at AND (b.end_time IS NULL OR b.end_time > @at) AND NOT EXISTS (
                 SELECT FROM meeting m
                 WHERE m.owner_id = @OwnerId AND m.committee_id = @CommitteeId AND m.state IN ('held', 'confirmed') AND m.start_time >= b.breach_time
                   AND m.start_time < @StartTime)
             ORDER BY b.measure_id
             LIMIT @Most)
            UNION ALL
            (SELECT 'action', a.action_id, a.title, (a.due_day + 1)::timestamp AT TIME ZONE 'Europe/Paris', (count(*) OVER ())::integer
             FROM project p
             JOIN action a ON a.owner_id = p.owner_id AND a.project_id = p.project_id
             WHERE @isToCome AND p.owner_id = @OwnerId AND p.delegation_id = @DelegationId AND p.phase <> 'closed' AND a.state = 'open' AND a.due_day < @today
             ORDER BY a.due_day, a.action_id
             LIMIT @Most)
            UNION ALL
            (SELECT 'goal', g.goal_id, g.title, (g.due_day + 1)::timestamp AT TIME ZONE 'Europe/Paris', (count(*) OVER ())::integer
             FROM project p
             JOIN goal g ON g.owner_id = p.owner_id AND g.project_id = p.project_id
             WHERE @isToCome AND p.owner_id = @OwnerId AND p.delegation_id = @DelegationId AND p.phase <> 'closed' AND g.kind = 'milestone' AND g.state = 'open'
               AND g.due_day < @today
             ORDER BY g.due_day, g.goal_id
             LIMIT @Most)
            UNION ALL
            (SELECT 'deliverable', d.deliverable_id, d.title, (d.due_day + 1)::timestamp AT TIME ZONE 'Europe/Paris', (count(*) OVER ())::integer
             FROM project p
             JOIN deliverable d ON d.owner_id = p.owner_id AND d.project_id = p.project_id
             WHERE @isToCome AND p.owner_id = @OwnerId AND p.delegation_id = @DelegationId AND p.phase <> 'closed' AND d.state <> 'retired' AND d.due_day < @today
               AND num_nonnulls(d.insurer_consent_time, d.delegate_consent_time) < 2
             ORDER BY d.due_day, d.deliverable_id
             LIMIT @Most)
            """,
            new { meeting.OwnerId, meeting.DelegationId, meeting.CommitteeId, meeting.StartTime, isToCome, Most, at, language, today = ParisDays.DayAt(now) },
            cancellationToken);
        return [.. items, .. await session.LatestSatisfactionAsync(meeting.Parties, at, language, cancellationToken)];
    }

    private static Task<bool> HasEarlierMeetingAsync(this TenantSession session, MeetingRow meeting, DateTimeOffset now, CancellationToken cancellationToken) =>
        session.FindAsync<bool>(
            """
            SELECT EXISTS (
                SELECT FROM meeting
                WHERE owner_id = @OwnerId AND committee_id = @CommitteeId AND state = 'planned' AND start_time > @now AND start_time < @StartTime)
            """,
            new { meeting.OwnerId, meeting.CommitteeId, meeting.StartTime, now = now.UtcDateTime },
            cancellationToken);
}
