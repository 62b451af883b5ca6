using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Scoping;
using Delegation.TestKit.Access;
using Becomes = Delegation.Delivery.V1.NeedDecision.Types.Becomes;

namespace Delegation.ProjectDelivery.Tests.Access.RecordedCalls;

internal sealed class OfWorkshops : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(Workshops.Descriptor, "PlanWorkshop", Doers, async scene =>
        {
            var (two, project) = await scene.ProjectAsync();
            return (two.Delegate, scene.NewWorkshop(project.Id, two.Delegate));
        }),
        new(Workshops.Descriptor, "GetWorkshop", Who.AnyMember(), async scene =>
        {
            var (two, workshop) = await scene.WorkshopAsync();
            return (two.Delegate, new GetWorkshopRequest { ProjectId = workshop.ProjectId, WorkshopId = workshop.Id });
        }),
        new(Workshops.Descriptor, "ListWorkshops", Who.AnyMember(), async scene =>
        {
            var (two, workshop) = await scene.WorkshopAsync();
            return (two.Delegate, new ListWorkshopsRequest { ProjectId = workshop.ProjectId });
        }),
        new(Workshops.Descriptor, "UpdateWorkshop", Doers, async scene =>
        {
            var (two, workshop) = await scene.WorkshopAsync();
            return (two.Delegate, PreparingWorkshops.Whole(workshop));
        }),
        new(Workshops.Descriptor, "SetWorkshopParticipants", Doers, async scene =>
        {
            var (two, workshop) = await scene.WorkshopAsync();
            return (two.Insurer, scene.Participants(workshop, two.Insurer));
        }),
        new(Workshops.Descriptor, "RecordWorkshop", Doers, async scene =>
        {
            var (two, workshop) = await scene.WorkshopAsync();
            return (two.Delegate, PreparingWorkshops.Record(workshop));
        }),
        new(Needs.Descriptor, "RaiseNeed", Doers, async scene =>
        {
            var (two, workshop) = await scene.WorkshopAsync();
            return (two.Delegate, PreparingWorkshops.NewNeed(workshop));
        }),
        new(Needs.Descriptor, "GetNeed", Who.AnyMember(), async scene =>
        {
            var (two, need) = await scene.NeedAsync();
            return (two.Delegate, new GetNeedRequest { ProjectId = need.ProjectId, NeedId = need.Id });
        }),
        new(Needs.Descriptor, "ListNeeds", Who.AnyMember(), async scene =>
        {
            var (two, need) = await scene.NeedAsync();
            return (two.Delegate, new ListNeedsRequest { ProjectId = need.ProjectId });
        }),
        new(Needs.Descriptor, "DecideNeed", Who.BothSides(Role.DelegationManager, Role.ProjectLead), async scene =>
        {
            var (two, need) = await scene.NeedAsync();
            var decision = PreparingWorkshops.Accept(Becomes.PlanItem);
            decision.Owner = new ActionOwner { Side = Side.Delegate, PersonId = scene.PersonOf(two.Delegate).ToString() };
            return (two.Delegate, PreparingWorkshops.Decide(need, decision));
        }),
        new(Needs.Descriptor, "ConfirmNeedDecision", Who.BothSides(Role.DelegationManager, Role.ProjectLead), async scene =>
        {
            var (two, need) = await scene.NeedAsync();
            need = await PreparingWorkshops.Needs(scene, two.Insurer).DecideNeedAsync(
                PreparingWorkshops.Decide(need, PreparingWorkshops.Accept(Becomes.Deliverable)), deadline: Preparing.Deadline);
            return (two.Delegate, PreparingWorkshops.Confirm(need));
        }),
    ];

    private static AccessRule Doers => Who.Members(Role.DelegationManager, Role.ProjectLead, Role.Operations);
}
