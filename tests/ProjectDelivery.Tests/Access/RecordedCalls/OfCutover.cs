using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Cutover;
using Delegation.TestKit.Access;
using static Delegation.ProjectDelivery.Tests.Cutover.PreparingCutover;
using Progress = Delegation.Delivery.V1.ReportStepRequest.Types.Progress;

namespace Delegation.ProjectDelivery.Tests.Access.RecordedCalls;

internal sealed class OfCutover : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(Cutovers.Descriptor, "CreateCutover", Leads, async scene =>
        {
            var (two, project) = await scene.ProjectAsync();
            var request = NewCutover(project.Id);
            request.Steps[0].Owner = new ActionOwner { Side = Side.Insurer, PersonId = scene.PersonOf(two.Insurer).ToString() };
            return (two.Insurer, request);
        }),
        new(Cutovers.Descriptor, "GetCutover", Who.AnyMember(), async scene =>
        {
            var (two, cutover) = await scene.CutoverAsync();
            return (two.Delegate, new GetCutoverRequest { ProjectId = cutover.ProjectId, CutoverId = cutover.Id });
        }),
        new(Cutovers.Descriptor, "ListCutovers", Who.AnyMember(), async scene =>
        {
            var (two, cutover) = await scene.CutoverAsync();
            return (two.Delegate, new ListCutoversRequest { ProjectId = cutover.ProjectId });
        }),
        new(Cutovers.Descriptor, "UpdateCutover", Leads, async scene =>
        {
            var (two, cutover) = await scene.CutoverAsync();
            return (two.Delegate, Whole(cutover));
        }),
        new(Cutovers.Descriptor, "ReportStep", Doers, async scene =>
        {
            var (two, cutover) = await scene.CutoverAsync();
            return (two.Insurer, Report(cutover, 10, Progress.Begun));
        }),
        new(Cutovers.Descriptor, "DecideStep", Who.BothSides(Role.DelegationManager, Role.ProjectLead), async scene =>
        {
            var (two, cutover) = await scene.DecisionAsync();
            return (two.Delegate, Decision(cutover, go: false));
        }),
        new(Cutovers.Descriptor, "RollBackCutover", Leads, async scene =>
        {
            var (two, cutover) = await scene.DecisionAsync();
            return (two.Delegate, Rollback(cutover, 10));
        }),
        new(TakeOvers.Descriptor, "StartTakeOver", Doers, async scene =>
        {
            var (two, request) = await scene.LotAsync();
            return (two.Delegate, request);
        }),
        new(TakeOvers.Descriptor, "GetTakeOver", Who.AnyMember(), async scene =>
        {
            var (two, takeOver) = await scene.TakeOverAsync();
            return (two.Delegate, new GetTakeOverRequest { ProjectId = takeOver.ProjectId, TakeOverId = takeOver.Id });
        }),
        new(TakeOvers.Descriptor, "ListTakeOvers", Who.AnyMember(), async scene =>
        {
            var (two, takeOver) = await scene.TakeOverAsync();
            return (two.Delegate, new ListTakeOversRequest { ProjectId = takeOver.ProjectId });
        }),
        new(TakeOvers.Descriptor, "RecordLoad", Doers, async scene =>
        {
            var (two, takeOver) = await scene.TakeOverAsync();
            return (two.Delegate, Load(takeOver, complete: true));
        }),
        new(TakeOvers.Descriptor, "AcceptTakeOver", Who.BothSides(Role.DelegationManager, Role.ProjectLead), async scene =>
        {
            var (two, takeOver) = await scene.LoadedAsync();
            return (two.Delegate, Agreement(takeOver));
        }),
        new(TakeOvers.Descriptor, "RefuseTakeOver", Leads, async scene =>
        {
            var (two, takeOver) = await scene.LoadedAsync();
            return (two.Delegate, new RefuseTakeOverRequest { ProjectId = takeOver.ProjectId, TakeOverId = takeOver.Id, Reason = "Trop d'écarts.", Etag = takeOver.Etag });
        }),
    ];

    private static AccessRule Leads => Who.Members(Role.DelegationManager, Role.ProjectLead);

    private static AccessRule Doers => Who.Members(Role.DelegationManager, Role.ProjectLead, Role.Operations);
}
