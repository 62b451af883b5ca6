using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ProjectDelivery.Launch;

/// <summary>Objectives and milestones in the database: one statement per call, within a project that the caller was found to take part in.</summary>
internal static class GoalStore
{
    private const string Columns =
        """
        owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, project_id AS projectid, goal_id AS id, kind, title,
        description, due_day AS dueday, state, create_time AS createtime, update_time AS updatetime, revision
        """;

    public static Task InsertGoalAsync(this TenantSession session, GoalRow goal, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO goal (
            owner_id, delegation_id, delegate_id, project_id, goal_id, kind, title, description, due_day, state, create_time, update_time, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @ProjectId, @Id, @Kind, @Title, @Description, @DueDay, @State, @CreateTime, @UpdateTime, @Revision)
        """,
        goal,
        cancellationToken);

    public static Task UpdateGoalAsync(this TenantSession session, GoalRow goal, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE goal SET title = @Title, description = @Description, due_day = @DueDay, state = @State, update_time = @UpdateTime, revision = @Revision
        WHERE owner_id = @OwnerId AND project_id = @ProjectId AND goal_id = @Id
        """,
        goal,
        cancellationToken);

    public static async Task<Outcome<GoalRow>> FindGoalAsync(this TenantSession session, ProjectRow project, Guid id, CancellationToken cancellationToken) =>
        await session.FindAsync<GoalRow>(
            $"SELECT {Columns} FROM goal WHERE owner_id = @OwnerId AND project_id = @ProjectId AND goal_id = @id",
            new { project.OwnerId, ProjectId = project.Id, id },
            cancellationToken) is { } goal
            ? new Outcome<GoalRow>.Accepted(goal)
            : new Outcome<GoalRow>.NotFound(
                "GOAL_NOT_FOUND", new("There is no objective or milestone with this id.", "Aucun objectif ni jalon n'a cet identifiant."));

    public static Task<IReadOnlyList<GoalRow>> ListGoalsAsync(
        this TenantSession session, ProjectRow project, string? kind, PageRequest page, CancellationToken cancellationToken) =>
        session.QueryAsync<GoalRow>(
            $"""
            SELECT {Columns}
            FROM goal
            WHERE owner_id = @OwnerId AND project_id = @ProjectId AND goal_id > @after AND (@kind::text IS NULL OR kind = @kind)
            ORDER BY goal_id
            LIMIT @Limit
            """,
            new { project.OwnerId, ProjectId = project.Id, after = page.After?.Id ?? Guid.Empty, kind, page.Limit },
            cancellationToken);
}
