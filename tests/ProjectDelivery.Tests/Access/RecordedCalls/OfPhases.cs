using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Phases;
using Delegation.TestKit.Access;

namespace Delegation.ProjectDelivery.Tests.Access.RecordedCalls;

internal sealed class OfPhases : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(Gates.Descriptor, "ListGates", Who.AnyMember(), async scene =>
        {
            var (two, project) = await scene.ProjectAsync();
            return (two.Delegate, new ListGatesRequest { ProjectId = project.Id });
        }),
        new(Gates.Descriptor, "GetGate", Who.AnyMember(), async scene =>
        {
            var (two, project) = await scene.ProjectAsync();
            return (two.Delegate, new GetGateRequest { ProjectId = project.Id, Gate = ProjectGate.ToRun });
        }),
        new(Gates.Descriptor, "PassGate", Who.BothSides(Role.DelegationManager, Role.ProjectLead), async scene =>
        {
            var (two, project) = await scene.LaunchedAsync();
            return (two.Delegate, PreparingGates.Passing(await scene.GateAsync(two.Delegate, project.Id)));
        }),
        new(Overrides.Descriptor, "ProposeOverride", Leads, async scene =>
        {
            var (two, project) = await scene.ProjectAsync();
            return (two.Delegate, PreparingGates.Proposal(project));
        }),
        new(Overrides.Descriptor, "GetOverride", Who.AnyMember(), async scene =>
        {
            var (two, proposal) = await scene.ProposalAsync();
            return (two.Delegate, new GetOverrideRequest { ProjectId = proposal.ProjectId, OverrideId = proposal.Id });
        }),
        new(Overrides.Descriptor, "ListOverrides", Who.AnyMember(), async scene =>
        {
            var (two, proposal) = await scene.ProposalAsync();
            return (two.Delegate, new ListOverridesRequest { ProjectId = proposal.ProjectId });
        }),
        new(Overrides.Descriptor, "ConfirmOverride", Who.BothSides(Role.DelegationManager, Role.ProjectLead), async scene =>
        {
            var (two, proposal) = await scene.ProposalAsync();
            return (two.Delegate, PreparingGates.Confirming(proposal));
        }),
        new(Overrides.Descriptor, "WithdrawOverride", Leads, async scene =>
        {
            var (two, proposal) = await scene.ProposalAsync();
            return (two.Delegate, new WithdrawOverrideRequest { ProjectId = proposal.ProjectId, OverrideId = proposal.Id, Etag = proposal.Etag });
        }),
        new(Overrides.Descriptor, "SettleOverride", Leads, async scene =>
        {
            var (two, open) = await scene.OverrideAsync();
            await scene.LaunchAsync(two, new Project { Id = open.ProjectId });
            return (two.Delegate, new SettleOverrideRequest { ProjectId = open.ProjectId, OverrideId = open.Id, Etag = open.Etag });
        }),
    ];

    private static AccessRule Leads => Who.Members(Role.DelegationManager, Role.ProjectLead);
}
