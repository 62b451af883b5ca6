using Delegation.Persistence.Tenancy;
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
        "escalation" => Kind.Difficulties,
        "action" => Kind.Progress,
        _ => Kind.Activities,
    };
}

/// <summary>What the platform puts on the agenda of a meeting.</summary>
internal static class AgendaItems
{
    private const int Most = 100;

    /// <summary>
    /// The escalations that are open, or were when the meeting began, and before it begins the actions that are late: nobody has to think of them.
    /// Those for a meeting to come stand on the next one of its committee alone.
    /// </summary>
    public static async Task<IReadOnlyList<AgendaItemRow>> ListAgendaItemsAsync(
        this TenantSession session, MeetingRow meeting, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (meeting.In == State.Cancelled)
            return [];

        var begins = new DateTimeOffset(meeting.StartTime);
        var isToCome = meeting.In == State.Planned && begins > now;
        return await session.QueryAsync<AgendaItemRow>(
            """
            WITH shown AS (
                SELECT NOT @isToCome OR NOT EXISTS (
                    SELECT FROM meeting m
                    WHERE m.owner_id = @OwnerId AND m.committee_id = @CommitteeId AND m.state = 'planned' AND m.start_time > @at AND m.start_time < @StartTime) AS here)
            (SELECT 'escalation' AS objecttype, e.escalation_id AS objectid, e.title, e.raise_time AS since, (count(*) OVER ())::integer AS count
             FROM escalation e, shown
             WHERE shown.here AND e.owner_id = @OwnerId AND e.delegation_id = @DelegationId AND e.raise_time <= @at AND (e.close_time IS NULL OR e.close_time > @at)
             ORDER BY e.escalation_id
             LIMIT @Most)
            UNION ALL
            (SELECT 'action', a.action_id, a.title, (a.due_day + 1)::timestamp AT TIME ZONE 'Europe/Paris', (count(*) OVER ())::integer
             FROM shown, project p
             JOIN action a ON a.owner_id = p.owner_id AND a.project_id = p.project_id
             WHERE shown.here AND @isToCome AND p.owner_id = @OwnerId AND p.delegation_id = @DelegationId AND p.phase <> 'closed'
               AND a.state = 'open' AND a.due_day < @today
             ORDER BY a.due_day, a.action_id
             LIMIT @Most)
            """,
            new
            {
                meeting.OwnerId, meeting.DelegationId, meeting.CommitteeId, meeting.StartTime, isToCome, Most,
                at = (isToCome ? now : begins).UtcDateTime, today = ParisDays.DayAt(now),
            },
            cancellationToken);
    }
}
