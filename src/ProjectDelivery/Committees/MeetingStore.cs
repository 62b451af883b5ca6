using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>Meetings and their decisions in the database.</summary>
internal static class MeetingStore
{
    private const string Selection =
        """
        SELECT m.owner_id AS ownerid, m.delegation_id AS delegationid, m.delegate_id AS delegateid, m.committee_id AS committeeid, c.name AS committeename,
               m.meeting_id AS id, m.state, m.start_time AS starttime, m.minutes_long AS minuteslong, m.place, m.extraordinary,
               array_to_string(m.points, E'\n') AS points, m.activities, m.progress, m.difficulties, m.commitments, m.critical_actions AS criticalactions,
               m.critical_incidents AS criticalincidents, m.adjustments, m.insurer_consent_time AS insurerconsenttime,
               m.delegate_consent_time AS delegateconsenttime, m.tacit_time AS tacittime, m.confirm_time AS confirmtime, m.create_time AS createtime,
               m.update_time AS updatetime, m.revision
        FROM meeting m
        JOIN committee c ON c.owner_id = m.owner_id AND c.committee_id = m.committee_id
        """;

    public static Task InsertMeetingAsync(this TenantSession session, MeetingRow meeting, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO meeting (
            owner_id, delegation_id, delegate_id, committee_id, meeting_id, state, start_time, minutes_long, place, extraordinary, points, create_time,
            update_time, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @CommitteeId, @Id, @State, @StartTime, @MinutesLong, @Place, @Extraordinary,
            string_to_array(@Points, E'\n'), @CreateTime, @UpdateTime, @Revision)
        """,
        meeting,
        cancellationToken);

    public static Task UpdateMeetingAsync(this DatabaseSession session, MeetingRow meeting, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE meeting SET
            state = @State, start_time = @StartTime, minutes_long = @MinutesLong, place = @Place, points = string_to_array(@Points, E'\n'),
            activities = @Activities, progress = @Progress, difficulties = @Difficulties, commitments = @Commitments, critical_actions = @CriticalActions,
            critical_incidents = @CriticalIncidents, adjustments = @Adjustments, insurer_consent_time = @InsurerConsentTime,
            delegate_consent_time = @DelegateConsentTime, tacit_time = @TacitTime, confirm_time = @ConfirmTime, update_time = @UpdateTime,
            revision = @Revision
        WHERE owner_id = @OwnerId AND meeting_id = @Id
        """,
        meeting,
        cancellationToken);

    /// <summary>A meeting that the caller takes part in.</summary>
    public static Task<Outcome<MeetingRow>> FindMeetingAsync(this TenantSession session, Guid id, CancellationToken cancellationToken) =>
        session.FindMeetingAsync(id, "", cancellationToken);

    /// <summary>The same, and nobody else changes it until the end of the transaction.</summary>
    public static Task<Outcome<MeetingRow>> LockMeetingAsync(this TenantSession session, Guid id, CancellationToken cancellationToken) =>
        session.FindMeetingAsync(id, "FOR UPDATE OF m", cancellationToken);

    /// <summary>The same without a caller.</summary>
    public static Task<MeetingRow?> LockMeetingAsync(this SystemSession session, Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        session.FindAsync<MeetingRow>($"{Selection} WHERE m.owner_id = @ownerId AND m.meeting_id = @id FOR UPDATE OF m", new { ownerId, id }, cancellationToken);

    /// <summary>The meetings of a committee, the earliest first.</summary>
    public static Task<IReadOnlyList<MeetingRow>> ListMeetingsAsync(
        this TenantSession session, CommitteeRow committee, PageRequest page, CancellationToken cancellationToken) =>
        session.QueryAsync<MeetingRow>(
            $"""
            {Selection}
            WHERE m.owner_id = @OwnerId AND m.committee_id = @Id AND (m.start_time, m.meeting_id) > (@afterTime, @afterId)
            ORDER BY m.start_time, m.meeting_id
            LIMIT @Limit
            """,
            new
            {
                committee.OwnerId,
                committee.Id,
                afterTime = page.After?.Time ?? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc),
                afterId = page.After?.Id ?? Guid.Empty,
                page.Limit,
            },
            cancellationToken);

    /// <summary>The meetings of a committee that were planned and of which nobody wrote minutes; those that begin first, as many as one looks at in a day.</summary>
    public static Task<IReadOnlyList<MeetingRow>> ListPlannedAsync(this SystemSession session, CommitteeRow committee, CancellationToken cancellationToken) =>
        session.QueryAsync<MeetingRow>(
            $"{Selection} WHERE m.owner_id = @OwnerId AND m.committee_id = @Id AND m.state = 'planned' ORDER BY m.start_time LIMIT 200",
            new { committee.OwnerId, committee.Id },
            cancellationToken);

    /// <summary>The meetings of a delegation since an instant, the earliest first, as many as a calendar holds.</summary>
    public static Task<IReadOnlyList<MeetingRow>> ListMeetingsSinceAsync(
        this TenantSession session, Parties parties, DateTime since, CancellationToken cancellationToken) =>
        session.QueryAsync<MeetingRow>(
            $"{Selection} WHERE m.owner_id = @OwnerId AND m.delegation_id = @DelegationId AND m.start_time >= @since ORDER BY m.start_time LIMIT 1000",
            new { parties.OwnerId, parties.DelegationId, since },
            cancellationToken);

    public static Task<IReadOnlyList<DecisionRow>> ListDecisionsAsync(this DatabaseSession session, MeetingRow meeting, CancellationToken cancellationToken) =>
        session.QueryAsync<DecisionRow>(
            """
            SELECT decision_id AS id, place, title, side, role, person_id AS personid, due_day AS dueday, action_id AS actionid
            FROM decision
            WHERE owner_id = @OwnerId AND meeting_id = @Id
            ORDER BY place
            """,
            new { meeting.OwnerId, meeting.Id },
            cancellationToken);

    /// <summary>The decisions of minutes that are written anew take the place of the former ones.</summary>
    public static async Task ReplaceDecisionsAsync(
        this TenantSession session, MeetingRow meeting, IReadOnlyList<DecisionRow> decisions, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            "DELETE FROM decision WHERE owner_id = @OwnerId AND meeting_id = @Id", new { meeting.OwnerId, meeting.Id }, cancellationToken);
        await session.ExecuteAsync(
            """
            INSERT INTO decision (owner_id, delegation_id, delegate_id, meeting_id, decision_id, place, title, side, role, person_id, due_day)
            SELECT @OwnerId, @DelegationId, @DelegateId, @Id, d.*
            FROM unnest(@ids, @places, @titles, @sides, @roles, @people, @days) AS d
            """,
            new
            {
                meeting.OwnerId,
                meeting.DelegationId,
                meeting.DelegateId,
                meeting.Id,
                ids = decisions.Select(decision => decision.Id).ToArray(),
                places = decisions.Select(decision => decision.Place).ToArray(),
                titles = decisions.Select(decision => decision.Title).ToArray(),
                sides = decisions.Select(decision => decision.Side).ToArray(),
                roles = decisions.Select(decision => decision.Role).ToArray(),
                people = decisions.Select(decision => decision.PersonId).ToArray(),
                days = decisions.Select(decision => decision.DueDay).ToArray(),
            },
            cancellationToken);
    }

    public static Task SetActionAsync(this DatabaseSession session, MeetingRow meeting, Guid decisionId, Guid actionId, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            "UPDATE decision SET action_id = @actionId WHERE owner_id = @OwnerId AND decision_id = @decisionId",
            new { meeting.OwnerId, decisionId, actionId },
            cancellationToken);

    private static async Task<Outcome<MeetingRow>> FindMeetingAsync(this TenantSession session, Guid id, string locking, CancellationToken cancellationToken) =>
        await session.FindAsync<MeetingRow>(
            $"{Selection} WHERE m.{Parties.Column(session.Caller.Side)} = @OrganizationId AND m.meeting_id = @id {locking}",
            new { session.Caller.OrganizationId, id },
            cancellationToken) is { } meeting
            ? new Outcome<MeetingRow>.Accepted(meeting)
            : new Outcome<MeetingRow>.NotFound("MEETING_NOT_FOUND", new("There is no meeting with this id.", "Aucune réunion n'a cet identifiant."));
}
