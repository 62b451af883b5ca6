using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ProjectDelivery.Launch;

/// <summary>Actions in the database: one statement per call, within a project that the caller was found to take part in.</summary>
internal static class ActionStore
{
    private const string Selection =
        """
        SELECT a.owner_id AS ownerid, a.delegation_id AS delegationid, a.delegate_id AS delegateid, a.project_id AS projectid,
               p.name AS projectname, a.action_id AS id, a.title, a.description, a.side, a.role, a.person_id AS personid,
               a.due_day AS dueday, a.state, a.goal_id AS goalid, a.decision_id AS decisionid, a.create_time AS createtime, a.update_time AS updatetime, a.revision
        FROM action a
        JOIN project p ON p.owner_id = a.owner_id AND p.project_id = a.project_id
        WHERE a.owner_id = @OwnerId
        """;

    public static Task InsertActionAsync(this DatabaseSession session, ActionRow action, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO action (
            owner_id, delegation_id, delegate_id, project_id, action_id, title, description, side, role, person_id, due_day, state, goal_id,
            decision_id, create_time, update_time, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @ProjectId, @Id, @Title, @Description, @Side, @Role, @PersonId, @DueDay, @State, @GoalId,
            @DecisionId, @CreateTime, @UpdateTime, @Revision)
        """,
        action,
        cancellationToken);

    public static Task UpdateActionAsync(this TenantSession session, ActionRow action, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE action SET
            title = @Title, description = @Description, side = @Side, role = @Role, person_id = @PersonId, due_day = @DueDay, state = @State,
            goal_id = @GoalId, update_time = @UpdateTime, revision = @Revision
        WHERE owner_id = @OwnerId AND project_id = @ProjectId AND action_id = @Id
        """,
        action,
        cancellationToken);

    public static async Task<Outcome<ActionRow>> FindActionAsync(this TenantSession session, ProjectRow project, Guid id, CancellationToken cancellationToken) =>
        await session.FindAsync<ActionRow>(
            $"{Selection} AND a.project_id = @ProjectId AND a.action_id = @id",
            new { project.OwnerId, ProjectId = project.Id, id },
            cancellationToken) is { } action
            ? new Outcome<ActionRow>.Accepted(action)
            : new Outcome<ActionRow>.NotFound("ACTION_NOT_FOUND", new("There is no action with this id.", "Aucune action n'a cet identifiant."));

    /// <summary>The nearest due day first.</summary>
    public static Task<IReadOnlyList<ActionRow>> ListActionsAsync(
        this TenantSession session, ProjectRow project, string? state, PageRequest page, CancellationToken cancellationToken) =>
        session.ListActionsAsync("a.project_id = @of", project.OwnerId, project.Id, state, page, cancellationToken);

    /// <summary>Those of all projects of a delegation.</summary>
    public static Task<IReadOnlyList<ActionRow>> ListActionsAsync(
        this TenantSession session, DelegationKnown delegation, string? state, PageRequest page, CancellationToken cancellationToken) =>
        session.ListActionsAsync("a.delegation_id = @of", delegation.OwnerId, delegation.DelegationId, state, page, cancellationToken);

    private static Task<IReadOnlyList<ActionRow>> ListActionsAsync(
        this TenantSession session, string whose, Guid ownerId, Guid of, string? state, PageRequest page, CancellationToken cancellationToken) =>
        session.QueryAsync<ActionRow>(
            $"""
            {Selection} AND {whose} AND (a.due_day, a.action_id) > (@afterDay, @afterId) AND (@state::text IS NULL OR a.state = @state)
            ORDER BY a.due_day, a.action_id
            LIMIT @Limit
            """,
            new
            {
                ownerId,
                of,
                afterDay = DateOnly.FromDateTime(page.After?.Time ?? DateTime.MinValue),
                afterId = page.After?.Id ?? Guid.Empty,
                state,
                page.Limit,
            },
            cancellationToken);

    /// <summary>The place of an action in the list.</summary>
    public static PageKey PageKey(this ActionRow action) => new(action.DueDay.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), action.Id);

    public static Task<bool> IsColleagueAsync(this TenantSession session, Guid personId, CancellationToken cancellationToken) =>
        session.FindAsync<bool>("SELECT is_colleague(@personId)", new { personId }, cancellationToken);
}
