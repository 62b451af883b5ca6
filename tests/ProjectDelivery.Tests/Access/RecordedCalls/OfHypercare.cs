using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Hypercare;
using Delegation.TestKit.Access;
using Move = Delegation.Delivery.V1.MoveAdjustmentRequest.Types.Move;

namespace Delegation.ProjectDelivery.Tests.Access.RecordedCalls;

internal sealed class OfHypercare : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(HypercareFollowUp.Descriptor, "GetHypercare", Who.AnyMember(), async scene =>
        {
            var (two, project) = await scene.ProjectAsync();
            return (two.Delegate, new GetHypercareRequest { ProjectId = project.Id });
        }),
        new(HypercareFollowUp.Descriptor, "SetHypercareTerms", Doers, async scene =>
        {
            var (two, project) = await scene.ProjectAsync();
            return (two.Delegate, PreparingHypercare.Setting(await scene.ReadHypercareAsync(two.Delegate, project.Id)));
        }),
        new(HypercareFollowUp.Descriptor, "AgreeHypercareTerms", Leads, async scene =>
        {
            var (two, project) = await scene.ProjectAsync();
            return (two.Delegate, PreparingHypercare.Agreeing(await scene.ReadHypercareAsync(two.Delegate, project.Id)));
        }),
        new(HypercareFollowUp.Descriptor, "CheckOperation", Doers, async scene =>
        {
            var (two, adjustment) = await scene.AdjustmentAsync();
            return (two.Delegate, new CheckOperationRequest(PreparingHypercare.Check(adjustment.ProjectId, "OP-1")) { AdjustmentId = adjustment.Id });
        }),
        new(HypercareFollowUp.Descriptor, "ListOperationChecks", Who.AnyMember(), async scene =>
        {
            var (two, project) = await scene.ProjectAsync();
            return (two.Delegate, new ListOperationChecksRequest { ProjectId = project.Id });
        }),
        new(HypercareFollowUp.Descriptor, "ReleaseTeam", Leads, async scene =>
        {
            var (two, hypercare) = await scene.ToReleaseAsync();
            return (two.Delegate, PreparingHypercare.Releasing(hypercare));
        }),
        new(Adjustments.Descriptor, "OpenAdjustment", Doers, async scene =>
        {
            var (two, project) = await scene.InRunAsync();
            return (two.Delegate, PreparingHypercare.Opening(project.Id));
        }),
        new(Adjustments.Descriptor, "GetAdjustment", Who.AnyMember(), async scene =>
        {
            var (two, adjustment) = await scene.AdjustmentAsync();
            return (two.Delegate, new GetAdjustmentRequest { ProjectId = adjustment.ProjectId, AdjustmentId = adjustment.Id });
        }),
        new(Adjustments.Descriptor, "ListAdjustments", Who.AnyMember(), async scene =>
        {
            var (two, adjustment) = await scene.AdjustmentAsync();
            return (two.Delegate, new ListAdjustmentsRequest { ProjectId = adjustment.ProjectId });
        }),
        new(Adjustments.Descriptor, "MoveAdjustment", Doers, async scene =>
        {
            var (two, adjustment) = await scene.AdjustmentAsync();
            return (two.Delegate, PreparingHypercare.Moving(adjustment, Move.Apply));
        }),
    ];

    private static AccessRule Leads => Who.BothSides(Role.DelegationManager, Role.ProjectLead);

    private static AccessRule Doers => Who.Members(Role.DelegationManager, Role.ProjectLead, Role.Operations);
}
