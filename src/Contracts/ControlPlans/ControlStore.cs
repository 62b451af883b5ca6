using Delegation.Contracts.Contacts;
using Delegation.Contracts.Delegations;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.ControlPlans;

/// <summary>Plans and controls in the database. Plans change under the lock of the delegation; controls get late without a caller, under their own.</summary>
internal static class ControlStore
{
    private const string Plans =
        "SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, plan_id AS id, document::text AS document, revision FROM control_plan";

    private const string Controls =
        "SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, control_id AS id, document::text AS document, revision FROM control";

    private const string OfDelegation = "owner_id = @InsurerId AND delegation_id = @Id";

    // The delegate's drafts there are none; the insurer's are not the delegate's.
    private const string Seen = "(visibility = 'both' OR owner_id = @OrganizationId)";

    public static async Task<Outcome<ControlPlanRow>> FindPlanAsync(this TenantSession session, SharedDelegation delegation, Guid planId, CancellationToken cancellationToken) =>
        await session.FindAsync<ControlPlanRow>(
            $"{Plans} WHERE {OfDelegation} AND plan_id = @planId AND {Seen}", new { delegation.InsurerId, delegation.Id, planId, session.Caller.OrganizationId }, cancellationToken) is { } row
            ? new Outcome<ControlPlanRow>.Accepted(row)
            : ControlRefusals.PlanNotFound;

    /// <summary>The versions of a year's plan.</summary>
    public static Task<IReadOnlyList<ControlPlanRow>> ListYearAsync(this TenantSession session, SharedDelegation delegation, int year, CancellationToken cancellationToken) =>
        session.QueryAsync<ControlPlanRow>($"{Plans} WHERE {OfDelegation} AND year = @year ORDER BY number", new { delegation.InsurerId, delegation.Id, year }, cancellationToken);

    public static async Task<Page<ControlPlanRow>> ListPlansAsync(this TenantSession session, SharedDelegation delegation, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<ControlPlanRow>(
            $"{Plans} WHERE {OfDelegation} AND {Seen} AND (@after::uuid IS NULL OR plan_id < @after) ORDER BY plan_id DESC LIMIT @Limit",
            new { delegation.InsurerId, delegation.Id, session.Caller.OrganizationId, after = page.After?.Id, page.Limit },
            cancellationToken);
        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }

    public static Task InsertPlanAsync(this TenantSession session, ControlPlanRow plan, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO control_plan (owner_id, delegation_id, delegate_id, plan_id, visibility, year, number, state, document, revision)
        VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @Visibility, @Year, @Number, @State, @Document::jsonb, @Revision)
        """,
        plan,
        cancellationToken);

    public static Task SavePlanAsync(this TenantSession session, ControlPlanRow plan, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE control_plan SET visibility = @Visibility, state = @State, document = @Document::jsonb, revision = @Revision
        WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND plan_id = @Id
        """,
        plan,
        cancellationToken);

    /// <summary>Those members of the caller's organisation whom a plan names.</summary>
    public static async Task<IReadOnlyDictionary<Guid, Reachable>> FindOwnersAsync(this TenantSession session, IEnumerable<string> named, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT member_id AS memberid, person_id AS personid, display_name AS name, email, phone FROM member WHERE owner_id = @OrganizationId AND member_id = ANY (@ids)";

        var ids = named.Select(id => Guid.TryParseExact(id, "D", out var read) ? read : Guid.Empty).Distinct().ToArray();
        return (await session.QueryAsync<Reachable>(Sql, new { session.Caller.OrganizationId, ids }, cancellationToken)).ToDictionary(member => member.MemberId);
    }

    public static async Task<Outcome<ControlRow>> FindControlAsync(this TenantSession session, SharedDelegation delegation, Guid controlId, CancellationToken cancellationToken) =>
        Found(await session.FindAsync<ControlRow>($"{Controls} WHERE {OfDelegation} AND control_id = @controlId", new { delegation.InsurerId, delegation.Id, controlId }, cancellationToken));

    public static async Task<Outcome<ControlRow>> LockControlAsync(this TenantSession session, SharedDelegation delegation, Guid controlId, CancellationToken cancellationToken) =>
        Found(await session.FindAsync<ControlRow>(
            $"{Controls} WHERE {OfDelegation} AND control_id = @controlId FOR NO KEY UPDATE", new { delegation.InsurerId, delegation.Id, controlId }, cancellationToken));

    /// <summary>A control of a delegation that is not closed: after the end nobody could make it.</summary>
    public static Task<ControlRow?> LockControlAsync(this SystemSession session, Guid ownerId, Guid controlId, CancellationToken cancellationToken) => session.FindAsync<ControlRow>(
        $"""
        {Controls}
        WHERE owner_id = @ownerId AND control_id = @controlId
          AND EXISTS (SELECT FROM delegation d WHERE d.owner_id = control.owner_id AND d.delegation_id = control.delegation_id AND d.state <> '{DelegationRow.Closed}')
        FOR NO KEY UPDATE
        """,
        new { ownerId, controlId },
        cancellationToken);

    /// <summary>All controls of a year, under their locks.</summary>
    public static Task<IReadOnlyList<ControlRow>> LockYearAsync(this TenantSession session, SharedDelegation delegation, int year, CancellationToken cancellationToken) =>
        session.QueryAsync<ControlRow>(
            $"{Controls} WHERE {OfDelegation} AND year = @year ORDER BY control_id FOR NO KEY UPDATE", new { delegation.InsurerId, delegation.Id, year }, cancellationToken);

    public static async Task<Page<ControlRow>> ListControlsAsync(this TenantSession session, SharedDelegation delegation, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<ControlRow>(
            $"""
            {Controls}
            WHERE {OfDelegation} AND (@after::uuid IS NULL OR (due_day, control_id) < (@day::date, @after))
            ORDER BY due_day DESC, control_id DESC
            LIMIT @Limit
            """,
            new { delegation.InsurerId, delegation.Id, day = page.After is { } after ? DateOnly.FromDateTime(after.Time) : (DateOnly?)null, after = page.After?.Id, page.Limit },
            cancellationToken);
        return rows.ToPage(page, row => new PageKey(row.DueDay.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), row.Id));
    }

    public static Task InsertControlAsync(this TenantSession session, ControlRow control, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO control (owner_id, delegation_id, delegate_id, control_id, year, code, due_day, state, document, revision)
        VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @Year, @Code, @DueDay, @State, @Document::jsonb, @Revision)
        """,
        control,
        cancellationToken);

    public static Task SaveControlAsync(this DatabaseSession session, ControlRow control, CancellationToken cancellationToken) => session.ExecuteAsync(
        "UPDATE control SET state = @State, document = @Document::jsonb, revision = @Revision WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND control_id = @Id",
        control,
        cancellationToken);

    private static Outcome<ControlRow> Found(ControlRow? row) => row is null ? ControlRefusals.ControlNotFound : new Outcome<ControlRow>.Accepted(row);
}
