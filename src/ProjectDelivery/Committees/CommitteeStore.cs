using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>Committees in the database: one statement per call.</summary>
internal static class CommitteeStore
{
    private const string Selection =
        """
        SELECT c.owner_id AS ownerid, c.delegation_id AS delegationid, c.delegate_id AS delegateid, c.committee_id AS id, c.level, c.name, c.mandate,
               array_to_string(c.insurer_roles, ',') AS insurerroles, array_to_string(c.delegate_roles, ',') AS delegateroles,
               array_to_string(c.steps, ',') AS steps, c.relax_after AS relaxafter, c.tacit_days AS tacitdays, c.step, c.reason,
               c.good_periods AS goodperiods, c.breaches_in_a_row AS breachesinarow, c.insurer_consent_time AS insurerconsenttime,
               c.delegate_consent_time AS delegateconsenttime, c.create_time AS createtime, c.update_time AS updatetime, c.revision, p.phase AS projectphase,
               (SELECT min(g.due_day) FROM goal g
                WHERE g.owner_id = c.owner_id AND g.project_id = p.project_id AND g.kind = 'milestone' AND g.state = 'open') AS nextmilestone,
               (SELECT max(m.start_time) FROM meeting m
                WHERE m.owner_id = c.owner_id AND m.committee_id = c.committee_id AND m.state IN ('held', 'confirmed') AND NOT m.extraordinary) AS lastmeeting
        FROM committee c
        LEFT JOIN project p ON p.owner_id = c.owner_id AND p.delegation_id = c.delegation_id AND p.phase <> 'closed'
        """;

    public static Task InsertCommitteeAsync(this TenantSession session, CommitteeRow committee, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO committee (
            owner_id, delegation_id, delegate_id, committee_id, level, name, mandate, insurer_roles, delegate_roles, steps, relax_after, tacit_days, step,
            reason, good_periods, breaches_in_a_row, insurer_consent_time, delegate_consent_time, create_time, update_time, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @Id, @Level, @Name, @Mandate, string_to_array(@InsurerRoles, ','), string_to_array(@DelegateRoles, ','),
            string_to_array(@Steps, ','), @RelaxAfter, @TacitDays, @Step, @Reason, @GoodPeriods, @BreachesInARow, @InsurerConsentTime,
            @DelegateConsentTime, @CreateTime, @UpdateTime, @Revision)
        """,
        committee,
        cancellationToken);

    public static Task UpdateCommitteeAsync(this DatabaseSession session, CommitteeRow committee, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE committee SET
            insurer_roles = string_to_array(@InsurerRoles, ','), delegate_roles = string_to_array(@DelegateRoles, ','), step = @Step, reason = @Reason,
            good_periods = @GoodPeriods, breaches_in_a_row = @BreachesInARow, insurer_consent_time = @InsurerConsentTime,
            delegate_consent_time = @DelegateConsentTime, update_time = @UpdateTime, revision = @Revision
        WHERE owner_id = @OwnerId AND committee_id = @Id
        """,
        committee,
        cancellationToken);

    /// <summary>A committee that the caller takes part in.</summary>
    public static Task<Outcome<CommitteeRow>> FindCommitteeAsync(this TenantSession session, Guid id, CancellationToken cancellationToken) =>
        session.FindCommitteeAsync(id, "", cancellationToken);

    /// <summary>The same, and nobody else changes it until the end of the transaction.</summary>
    public static Task<Outcome<CommitteeRow>> LockCommitteeAsync(this TenantSession session, Guid id, CancellationToken cancellationToken) =>
        session.FindCommitteeAsync(id, "FOR UPDATE OF c", cancellationToken);

    /// <summary>The committee of a meeting that was locked before, locked too.</summary>
    public static async Task<CommitteeRow> LockCommitteeAsync(this DatabaseSession session, MeetingRow meeting, CancellationToken cancellationToken) =>
        (await session.FindAsync<CommitteeRow>(
            $"{Selection} WHERE c.owner_id = @OwnerId AND c.committee_id = @CommitteeId FOR UPDATE OF c",
            new { meeting.OwnerId, meeting.CommitteeId },
            cancellationToken))!;

    /// <summary>A committee without a caller, locked.</summary>
    public static Task<CommitteeRow?> LockCommitteeAsync(this SystemSession session, Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        session.FindAsync<CommitteeRow>($"{Selection} WHERE c.owner_id = @ownerId AND c.committee_id = @id FOR UPDATE OF c", new { ownerId, id }, cancellationToken);

    /// <summary>The committees of a delegation without a caller, locked in their order.</summary>
    public static Task<IReadOnlyList<CommitteeRow>> LockCommitteesAsync(
        this SystemSession session, Guid ownerId, Guid delegationId, CancellationToken cancellationToken) =>
        session.QueryAsync<CommitteeRow>(
            $"{Selection} WHERE c.owner_id = @ownerId AND c.delegation_id = @delegationId ORDER BY c.committee_id FOR UPDATE OF c",
            new { ownerId, delegationId },
            cancellationToken);

    /// <summary>The committees of a delegation, the oldest first.</summary>
    public static Task<IReadOnlyList<CommitteeRow>> ListCommitteesAsync(
        this TenantSession session, Parties parties, PageRequest page, CancellationToken cancellationToken) =>
        session.QueryAsync<CommitteeRow>(
            $"""
            {Selection}
            WHERE c.owner_id = @OwnerId AND c.delegation_id = @DelegationId AND c.committee_id > @after
            ORDER BY c.committee_id
            LIMIT @Limit
            """,
            new { parties.OwnerId, parties.DelegationId, after = page.After?.Id ?? Guid.Empty, page.Limit },
            cancellationToken);

    private static async Task<Outcome<CommitteeRow>> FindCommitteeAsync(this TenantSession session, Guid id, string locking, CancellationToken cancellationToken) =>
        await session.FindAsync<CommitteeRow>(
            $"{Selection} WHERE c.{Parties.Column(session.Caller.Side)} = @OrganizationId AND c.committee_id = @id {locking}",
            new { session.Caller.OrganizationId, id },
            cancellationToken) is { } committee
            ? new Outcome<CommitteeRow>.Accepted(committee)
            : new Outcome<CommitteeRow>.NotFound("COMMITTEE_NOT_FOUND", new("There is no committee with this id.", "Aucun comité n'a cet identifiant."));
}
