using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ProjectDelivery.Scoping.Generation;
using Delegation.ProjectDelivery.Scoping.Items;
using Delegation.ServiceDefaults.Fields;
using Action = Delegation.Delivery.V1.Action;
using Becomes = Delegation.Delivery.V1.NeedDecision.Types.Becomes;

namespace Delegation.ProjectDelivery.Scoping.Needs;

/// <summary>An accepted need becomes a deliverable, or an action of the plan; one that changes the scope is the action to propose that in Contracts.</summary>
internal static class AcceptedNeeds
{
    private const int TitleLength = 200;

    /// <summary>Makes what it becomes, and answers the need that knows it.</summary>
    public static async Task<NeedRow> BecomeAsync(
        this TenantSession session, ProjectRow project, NeedRow need, NeedDecision decision, TimeProvider clock, CancellationToken cancellationToken)
    {
        var id = NewId.At(clock.GetUtcNow());
        var due = DayField.ReadOptional("due_day", decision.DueDay, [])!.Value;
        if (decision.Becomes == Becomes.Deliverable)
        {
            var deliverable = new ItemSeed(project, ItemMessages.NeedOrigin).Plant(need.Id.ToString(), new DeliverableRow
            {
                Id = id, Title = need.Title, Description = need.Description, Side = decision.Owner.Side.Code(), DueDay = due, CreateTime = need.UpdateTime, UpdateTime = need.UpdateTime,
            });
            await ItemTables.Deliverables.InsertAsync(session, [deliverable], cancellationToken);
            await session.AppendAsync(
                deliverable.Parties.Entry("deliverable", id, deliverable.Revision, new DeliverableChanged { Deliverable = deliverable.ToMessage() }), clock, cancellationToken);
            return need with { ResultType = "deliverable", ResultId = id };
        }

        var title = decision.Becomes == Becomes.ScopeChange ? $"Faire évoluer le périmètre : {need.Title}" : need.Title;
        var action = new ActionRow(
            need.OwnerId, need.DelegationId, need.DelegateId, project.Id, project.Name, id, title.Length > TitleLength ? title[..TitleLength] : title, need.Description,
            decision.Owner.Side.Code(), decision.Owner.Role == Role.Unspecified ? null : decision.Owner.Role.Code(),
            decision.Owner.PersonId.Length == 0 ? null : Guid.Parse(decision.Owner.PersonId), due, Action.Types.State.Open.Stored(), GoalId: null, DecisionId: null,
            need.UpdateTime, need.UpdateTime, Revision: 1);
        await session.InsertActionAsync(action, cancellationToken);
        await session.AppendAsync(action.Parties.Entry("action", id, action.Revision, new ActionCreated { Action = action.ToEvent() }), clock, cancellationToken);
        await session.KeepActionWorkAsync(action, clock, cancellationToken);
        return need with { ResultType = "action", ResultId = id };
    }
}
