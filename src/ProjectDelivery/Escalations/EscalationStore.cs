using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ProjectDelivery.Escalations;

/// <summary>Escalations in the database: one statement per call.</summary>
internal static class EscalationStore
{
    private const string Selection =
        """
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, escalation_id AS id, side, person_id AS personid, state, severity,
               title, description, activity_code AS activitycode, commitment_code AS commitmentcode, action_id AS actionid, notice_time AS noticetime,
               raise_time AS raisetime, surface_minutes AS surfaceminutes, agreed_hours AS agreedhours, due_time AS duetime, level, level_time AS leveltime,
               reminded, acknowledge_time AS acknowledgetime, acknowledge_person_id AS acknowledgepersonid, acknowledge_minutes AS acknowledgeminutes, cause,
               resolution, resolve_time AS resolvetime, reopen_reason AS reopenreason, reopen_count AS reopencount, close_time AS closetime,
               update_time AS updatetime, revision
        FROM escalation
        """;

    // Sorts after every UUID of version 7.
    private static readonly Guid Last = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    public static Task InsertEscalationAsync(this TenantSession session, EscalationRow escalation, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO escalation (
            owner_id, delegation_id, delegate_id, escalation_id, side, person_id, state, severity, title, description, activity_code, commitment_code,
            action_id, notice_time, raise_time, surface_minutes, agreed_hours, due_time, level, level_time, reminded, cause, resolution, reopen_reason,
            reopen_count, update_time, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @Id, @Side, @PersonId, @State, @Severity, @Title, @Description, @ActivityCode, @CommitmentCode,
            @ActionId, @NoticeTime, @RaiseTime, @SurfaceMinutes, @AgreedHours, @DueTime, @Level, @LevelTime, @Reminded, @Cause, @Resolution, @ReopenReason,
            @ReopenCount, @UpdateTime, @Revision)
        """,
        escalation,
        cancellationToken);

    public static Task UpdateEscalationAsync(this DatabaseSession session, EscalationRow escalation, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE escalation SET
            state = @State, level = @Level, level_time = @LevelTime, reminded = @Reminded, acknowledge_time = @AcknowledgeTime,
            acknowledge_person_id = @AcknowledgePersonId, acknowledge_minutes = @AcknowledgeMinutes, cause = @Cause, resolution = @Resolution,
            resolve_time = @ResolveTime, reopen_reason = @ReopenReason, reopen_count = @ReopenCount, close_time = @CloseTime, update_time = @UpdateTime,
            revision = @Revision
        WHERE owner_id = @OwnerId AND escalation_id = @Id
        """,
        escalation,
        cancellationToken);

    /// <summary>An escalation of a delegation that the caller takes part in.</summary>
    public static Task<Outcome<EscalationRow>> FindEscalationAsync(this TenantSession session, Guid id, CancellationToken cancellationToken) =>
        session.FindEscalationAsync(id, "", cancellationToken);

    /// <summary>The same, and nobody else changes it until the end of the transaction.</summary>
    public static Task<Outcome<EscalationRow>> LockEscalationAsync(this TenantSession session, Guid id, CancellationToken cancellationToken) =>
        session.FindEscalationAsync(id, "FOR UPDATE", cancellationToken);

    /// <summary>The same without a caller.</summary>
    public static Task<EscalationRow?> LockEscalationAsync(this SystemSession session, Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        session.FindAsync<EscalationRow>($"{Selection} WHERE owner_id = @ownerId AND escalation_id = @id FOR UPDATE", new { ownerId, id }, cancellationToken);

    /// <summary>The escalations of a delegation in a state, in any one for null, the latest first.</summary>
    public static async Task<Page<EscalationRow>> ListEscalationsAsync(
        this TenantSession session, Parties parties, string? state, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<EscalationRow>(
            $"""
            {Selection}
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND escalation_id < @before AND (@state::text IS NULL OR state = @state)
            ORDER BY escalation_id DESC
            LIMIT @Limit
            """,
            new { parties.OwnerId, parties.DelegationId, before = page.After?.Id ?? Last, state, page.Limit },
            cancellationToken);
        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }

    /// <summary>How many critical escalations of a delegation were open at an instant.</summary>
    public static Task<int> CountCriticalAsync(this DatabaseSession session, Parties parties, DateTime at, CancellationToken cancellationToken) =>
        session.FindAsync<int>(
            """
            SELECT count(*)::integer
            FROM escalation
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND severity = 'critical' AND raise_time <= @at AND (close_time IS NULL OR close_time > @at)
            """,
            new { parties.OwnerId, parties.DelegationId, at },
            cancellationToken);

    /// <summary>Whether a delegation has an action.</summary>
    public static Task<bool> HasActionAsync(this TenantSession session, Parties parties, Guid actionId, CancellationToken cancellationToken) =>
        session.FindAsync<bool>(
            "SELECT EXISTS (SELECT FROM action WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND action_id = @actionId)",
            new { parties.OwnerId, parties.DelegationId, actionId },
            cancellationToken);

    /// <summary>Who sits in the executive committee for a side, the oldest of several; where there is none, the signatories.</summary>
    public static async Task<IReadOnlyList<Role>> ExecutivesAsync(this DatabaseSession session, Parties parties, Side side, CancellationToken cancellationToken)
    {
        var codes = await session.FindAsync<string>(
            $"""
            SELECT array_to_string({(side == Side.Insurer ? "insurer_roles" : "delegate_roles")}, ',')
            FROM committee
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND level = 'executive_committee'
            ORDER BY committee_id
            LIMIT 1
            """,
            new { parties.OwnerId, parties.DelegationId },
            cancellationToken);
        return string.IsNullOrEmpty(codes)
            ? [Role.Signatory]
            : [.. codes.Split(',').Select(code => RoleCodes.TryParse(code, out var role) ? role : Role.Unspecified)];
    }

    private static async Task<Outcome<EscalationRow>> FindEscalationAsync(this TenantSession session, Guid id, string locking, CancellationToken cancellationToken) =>
        await session.FindAsync<EscalationRow>(
            $"{Selection} WHERE {Parties.Column(session.Caller.Side)} = @OrganizationId AND escalation_id = @id {locking}",
            new { session.Caller.OrganizationId, id },
            cancellationToken) is { } escalation
            ? new Outcome<EscalationRow>.Accepted(escalation)
            : new Outcome<EscalationRow>.NotFound(
                "ESCALATION_NOT_FOUND", new("There is no escalation with this id.", "Aucune alerte n'a cet identifiant."));
}
