using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit.Access;

namespace Delegation.ProjectDelivery.Tests.Access.RecordedCalls;

internal sealed class OfLaunch : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(Goals.Descriptor, "CreateGoal", Leads, async scene =>
        {
            var (two, project) = await scene.ProjectAsync();
            return (two.Delegate, Preparing.Milestone(project));
        }),
        new(Goals.Descriptor, "GetGoal", Who.AnyMember(), async scene =>
        {
            var (two, goal) = await scene.GoalAsync();
            return (two.Delegate, new GetGoalRequest { ProjectId = goal.ProjectId, GoalId = goal.Id });
        }),
        new(Goals.Descriptor, "ListGoals", Who.AnyMember(), async scene =>
        {
            var (two, goal) = await scene.GoalAsync();
            return (two.Delegate, new ListGoalsRequest { ProjectId = goal.ProjectId });
        }),
        new(Goals.Descriptor, "UpdateGoal", Leads, async scene =>
        {
            var (two, goal) = await scene.GoalAsync();
            return (two.Delegate, Preparing.Whole(goal));
        }),
        new(Actions.Descriptor, "CreateAction", Doers, async scene =>
        {
            var (two, goal) = await scene.GoalAsync();
            var request = Preparing.NewAction(goal.ProjectId, Side.Insurer);
            request.Owner = new ActionOwner { Side = Side.Insurer, PersonId = scene.PersonOf(two.Insurer).ToString() };
            request.Origin = new ActionOrigin { Type = "goal", Id = goal.Id };
            return (two.Insurer, request);
        }),
        new(Actions.Descriptor, "GetAction", Who.AnyMember(), async scene =>
        {
            var (two, action) = await scene.ActionAsync();
            return (two.Insurer, new GetActionRequest { ProjectId = action.ProjectId, ActionId = action.Id });
        }),
        new(Actions.Descriptor, "ListActions", Who.AnyMember(), async scene =>
        {
            var (two, action) = await scene.ActionAsync();
            return (two.Insurer, new ListActionsRequest { ProjectId = action.ProjectId });
        }),
        new(Actions.Descriptor, "ListDelegationActions", Who.AnyMember(), async scene =>
        {
            var (two, _) = await scene.ActionAsync();
            return (two.Insurer, new ListDelegationActionsRequest { DelegationId = two.DelegationId });
        }),
        new(Actions.Descriptor, "UpdateAction", Doers, async scene =>
        {
            var (two, action) = await scene.ActionAsync();
            return (two.Delegate, Preparing.Whole(action));
        }),
    ];

    private static AccessRule Leads => Who.Members(Role.DelegationManager, Role.ProjectLead);

    private static AccessRule Doers => Who.Members(Role.DelegationManager, Role.ProjectLead, Role.Operations);
}
