using Delegation.Delivery.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ProjectDelivery.Scoping.Items;
using Delegation.ServiceDefaults.Outcomes;
using Action = Delegation.Delivery.V1.Action;
using Effect = Delegation.Delivery.V1.GeneratedItems.Types.Effect;

namespace Delegation.ProjectDelivery.Scoping.Generation;

/// <summary>Carries generated items of the plan over to the actions and milestones of the launch, and finds what people changed there.</summary>
internal static class PlannedItems
{
    private static readonly string[] AllFields = [.. ItemKinds.PlannedItems.Fields.Select(field => field.Name), ItemEdit.StateField];

    /// <summary>The generated items of the plan, each with the fields that people edited: where the plan says something else than was generated.</summary>
    public static async Task<IReadOnlyList<PlannedItemRow>> WithEditsAsync(this DatabaseSession session, ProjectRow project, CancellationToken cancellationToken)
    {
        var planned = await ItemTables.PlannedItems.AllAsync(session, project, cancellationToken);
        var now = (await session.QueryAsync<PlanNow>(
            """
            SELECT p.item_id AS id, coalesce(a.title, g.title) AS title, coalesce(a.description, g.description) AS description, a.side, a.role,
                   coalesce(a.due_day, g.due_day) AS dueday, coalesce(a.state, g.state) AS state
            FROM planned_item p
            LEFT JOIN action a ON a.owner_id = p.owner_id AND a.project_id = p.project_id AND a.action_id = p.item_id
            LEFT JOIN goal g ON g.owner_id = p.owner_id AND g.project_id = p.project_id AND g.goal_id = p.item_id
            WHERE p.owner_id = @OwnerId AND p.project_id = @Id
            """,
            new { project.OwnerId, project.Id },
            cancellationToken)).ToDictionary(row => row.Id);
        return [.. planned.Select(item => item with { Edited = Edited(item, now[item.Id]) })];
    }

    /// <summary>Adds, changes and drops actions and milestones as was decided.</summary>
    public static async Task ApplyAsync(
        this TenantSession session, ProjectRow project, IEnumerable<ItemChange<PlannedItemRow>> changes, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var change in changes.Where(change => change.Effect != Effect.Orphaned))
            if (change.Item.Kind == PlannedItemRow.Action)
                await session.ApplyToActionAsync(project, change, clock, cancellationToken);
            else
                await session.ApplyToGoalAsync(project, change, clock, cancellationToken);
    }

    /// <summary>What of a generated item people edited: all of it once it is done or dropped by hand.</summary>
    internal static string[] Edited(PlannedItemRow item, PlanNow now)
    {
        var isOpen = now.State == Action.Types.State.Open.Stored();
        if (isOpen != (item.State == ItemStates.Active) && item.State != ItemStates.Orphaned)
            return AllFields;

        var there = item with { Title = now.Title, Description = now.Description, Side = now.Side, Role = now.Role, DueDay = now.DueDay ?? default };
        return [.. ItemKinds.PlannedItems.Fields.Where(field => !Equals(field.Read(item), field.Read(there))).Select(field => field.Name)];
    }

    private static async Task ApplyToActionAsync(
        this TenantSession session, ProjectRow project, ItemChange<PlannedItemRow> change, TimeProvider clock, CancellationToken cancellationToken)
    {
        var item = change.Item;
        var isAdded = change.Effect == Effect.Added;
        var former = isAdded
            ? new ActionRow(
                item.OwnerId, item.DelegationId, item.DelegateId, project.Id, project.Name, item.Id, item.Title, item.Description, item.Side!, item.Role, PersonId: null,
                item.DueDay, Action.Types.State.Open.Stored(), GoalId: null, DecisionId: null, item.CreateTime, item.UpdateTime, Revision: 0)
            : (await session.FindActionAsync(project, item.Id, cancellationToken)).ValueOrStatus();
        var action = former with { State = StateOf(item), UpdateTime = item.UpdateTime, Revision = former.Revision + 1 };
        foreach (var field in change.Fields)
            action = field switch
            {
                "title" => action with { Title = item.Title },
                "description" => action with { Description = item.Description },
                "owner" => action with { Side = item.Side!, Role = item.Role, PersonId = null },
                "due_day" => action with { DueDay = item.DueDay },
                _ => action,
            };

        if (isAdded)
            await session.InsertActionAsync(action, cancellationToken);
        else
            await session.UpdateActionAsync(action, cancellationToken);
        await session.AppendAsync(
            action.Parties.Entry("action", action.Id, action.Revision, isAdded ? new ActionCreated { Action = action.ToEvent() } : new ActionUpdated { Action = action.ToEvent() }),
            clock, cancellationToken);
        await session.KeepActionWorkAsync(action, clock, cancellationToken);
    }

    private static async Task ApplyToGoalAsync(
        this TenantSession session, ProjectRow project, ItemChange<PlannedItemRow> change, TimeProvider clock, CancellationToken cancellationToken)
    {
        var item = change.Item;
        var isAdded = change.Effect == Effect.Added;
        var former = isAdded
            ? new GoalRow(
                item.OwnerId, item.DelegationId, item.DelegateId, project.Id, item.Id, Goal.Types.Kind.Milestone.Stored(), item.Title, item.Description, item.DueDay,
                Goal.Types.State.Open.Stored(), item.CreateTime, item.UpdateTime, Revision: 0)
            : (await session.FindGoalAsync(project, item.Id, cancellationToken)).ValueOrStatus();
        var goal = former with { State = StateOf(item), UpdateTime = item.UpdateTime, Revision = former.Revision + 1 };
        foreach (var field in change.Fields)
            goal = field switch
            {
                "title" => goal with { Title = item.Title },
                "description" => goal with { Description = item.Description },
                "due_day" => goal with { DueDay = item.DueDay },
                _ => goal,
            };

        if (isAdded)
            await session.InsertGoalAsync(goal, cancellationToken);
        else
            await session.UpdateGoalAsync(goal, cancellationToken);
        await session.AppendAsync(
            goal.Parties.Entry("goal", goal.Id, goal.Revision, isAdded ? new GoalCreated { Goal = goal.ToMessage() } : new GoalUpdated { Goal = goal.ToMessage() }),
            clock, cancellationToken);
    }

    // Actions and goals call their states alike, as far as generating goes.
    private static string StateOf(PlannedItemRow item) => (item.State == ItemStates.Active ? Action.Types.State.Open : Action.Types.State.Dropped).Stored();
}

/// <summary>What the plan says of a generated item now.</summary>
internal sealed record PlanNow(Guid Id, string Title, string Description, string? Side, string? Role, DateOnly? DueDay, string State);
