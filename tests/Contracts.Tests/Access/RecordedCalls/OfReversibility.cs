using Delegation.Access.V1;
using Delegation.Contracts.Tests.Reversibility;
using Delegation.Contracts.V1;
using Delegation.TestKit.Access;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

/// <summary>The end of a delegation, from its plan to the certificate.</summary>
internal sealed class OfReversibility : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(ReversibilityPlans.Descriptor, "ProposeReversibilityPlan", Proposers, async scene =>
        {
            var (scope, insurer, _) = await scene.ProposedScopeAsync();
            return (insurer, new ProposeReversibilityPlanRequest { DelegationId = scope.DelegationId, EffectiveDay = "2026-01-01", Terms = Parting.Terms() });
        }),
        new(ReversibilityPlans.Descriptor, "ListReversibilityPlans", Who.AnyMember(), async scene =>
        {
            var (plan, _, tpa) = await scene.ProposedPlanAsync();
            return (tpa, new ListReversibilityPlansRequest { DelegationId = plan.DelegationId });
        }),
        new(ReversibilityPlans.Descriptor, "ValidateReversibilityPlan", Who.BothSides(Role.DelegationManager), async scene =>
        {
            var (plan, _, tpa) = await scene.ProposedPlanAsync();
            return (tpa, Parting.Validation(plan));
        }),
        new(ReversibilityPlans.Descriptor, "WithdrawReversibilityPlan", Proposers, async scene =>
        {
            var (plan, insurer, _) = await scene.ProposedPlanAsync();
            return (insurer, new WithdrawReversibilityPlanRequest { DelegationId = plan.DelegationId, ReversibilityPlanId = plan.Id, Etag = plan.Etag });
        }),
        new(ReversibilityPlans.Descriptor, "RecordRehearsal", Who.Members(Role.DelegationManager, Role.ProjectLead, Role.Operations), async scene =>
        {
            var (plan, insurer, tpa) = await scene.ProposedPlanAsync();
            foreach (var side in new[] { insurer, tpa })
                await new ReversibilityPlans.ReversibilityPlansClient(scene.As(side)).ValidateReversibilityPlanAsync(Parting.Validation(plan), deadline: People.Deadline);
            return (tpa, new RecordRehearsalRequest
            {
                DelegationId = plan.DelegationId,
                StartTime = Timestamp.FromDateTime(new DateTime(2026, 1, 10, 8, 0, 0, DateTimeKind.Utc)),
                EndTime = Timestamp.FromDateTime(new DateTime(2026, 1, 10, 12, 0, 0, DateTimeKind.Utc)),
                Lots = { new LotComparison { Kind = ExitDataKind.BenefitHistory, HandedOver = Parting.Totals(), Received = Parting.Totals() } },
            });
        }),
        new(ReversibilityPlans.Descriptor, "ListRehearsals", Who.AnyMember(), async scene =>
        {
            var (plan, insurer, _) = await scene.ProposedPlanAsync();
            return (insurer, new ListRehearsalsRequest { DelegationId = plan.DelegationId });
        }),
        new(Exits.Descriptor, "TriggerExit", Who.Members(Role.DelegationManager), async scene =>
        {
            var (contract, _, tpa) = await scene.SignedContractAsync();
            return (tpa, new TriggerExitRequest { DelegationId = contract.DelegationId, Ground = ExitGround.Breach, Comment = "Commissions impayées" });
        }),
        new(Exits.Descriptor, "GetExit", Who.AnyMember(), async scene =>
        {
            var (exit, _, tpa) = await scene.TriggeredExitAsync();
            return (tpa, new GetExitRequest { DelegationId = exit.DelegationId, ExitId = exit.Id });
        }),
        new(Exits.Descriptor, "ListExits", Who.AnyMember(), async scene =>
        {
            var (exit, insurer, _) = await scene.TriggeredExitAsync();
            return (insurer, new ListExitsRequest { DelegationId = exit.DelegationId });
        }),
        new(Exits.Descriptor, "CompleteExitTask", Operators, async scene =>
        {
            var (exit, insurer, _) = await scene.TriggeredExitAsync();
            return (insurer, new CompleteExitTaskRequest { DelegationId = exit.DelegationId, ExitId = exit.Id, TaskCode = "SET_UP_COMMITTEE", Note = "Installé", Etag = exit.Etag });
        }),
        new(Exits.Descriptor, "SettleExitFlow", Operators, async scene =>
        {
            var (exit, _, tpa) = await scene.TriggeredExitAsync();
            return (tpa, Parting.Settling(exit, ExitFlowKind.Noemie));
        }),
        new(Exits.Descriptor, "HandOverLot", Who.MembersOf(Side.Delegate, Role.DelegationManager, Role.ProjectLead, Role.Operations), async scene =>
        {
            var (exit, _, tpa) = await scene.ExitInAsync(ExitPhase.DryRuns);
            return (tpa, new HandOverLotRequest { DelegationId = exit.DelegationId, ExitId = exit.Id, Kind = ExitDataKind.Counters, Totals = Parting.Totals(), Etag = exit.Etag });
        }),
        new(Exits.Descriptor, "ReceiveLot", Who.MembersOf(Side.Insurer, Role.DelegationManager, Role.ProjectLead, Role.Operations), async scene =>
        {
            var (exit, insurer, tpa) = await scene.ExitInAsync(ExitPhase.DryRuns);
            exit = await scene.Exits(tpa).HandOverLotAsync(
                new HandOverLotRequest { DelegationId = exit.DelegationId, ExitId = exit.Id, Kind = ExitDataKind.Counters, Totals = Parting.Totals(), Etag = exit.Etag }, deadline: People.Deadline);
            return (insurer, new ReceiveLotRequest { DelegationId = exit.DelegationId, ExitId = exit.Id, Kind = ExitDataKind.Counters, Totals = Parting.Totals(), Etag = exit.Etag });
        }),
        new(Exits.Descriptor, "AcceptLot", Who.MembersOf(Side.Insurer, Role.DelegationManager), async scene =>
        {
            var (exit, insurer, tpa) = await scene.ExitInAsync(ExitPhase.TakeBack);
            var lot = new { exit.DelegationId, ExitId = exit.Id, Kind = ExitDataKind.Counters };
            exit = await scene.Exits(tpa).HandOverLotAsync(
                new HandOverLotRequest { DelegationId = lot.DelegationId, ExitId = lot.ExitId, Kind = lot.Kind, Totals = Parting.Totals(), Etag = exit.Etag }, deadline: People.Deadline);
            exit = await scene.Exits(insurer).ReceiveLotAsync(
                new ReceiveLotRequest { DelegationId = lot.DelegationId, ExitId = lot.ExitId, Kind = lot.Kind, Totals = Parting.Totals(), Etag = exit.Etag }, deadline: People.Deadline);
            return (insurer, Parting.Acceptance(exit, lot.Kind, "Sans réserve"));
        }),
        new(Exits.Descriptor, "PassExitPhase", Who.BothSides(Role.DelegationManager), async scene =>
        {
            var (exit, _, tpa) = await scene.ExitInAsync(ExitPhase.Freeze);
            return (tpa, Parting.Passing(exit));
        }),
        new(Exits.Descriptor, "CallOffExit", Who.BothSides(Role.DelegationManager), async scene =>
        {
            var (exit, insurer, _) = await scene.TriggeredExitAsync();
            return (insurer, new CallOffExitRequest { DelegationId = exit.DelegationId, ExitId = exit.Id, Etag = exit.Etag });
        }),
        new(RunOff.Descriptor, "FindClaimManager", Who.AnyMember(), async scene =>
        {
            var (exit, insurer, _) = await scene.TriggeredExitAsync();
            return (insurer, new FindClaimManagerRequest { DelegationId = exit.DelegationId, ExitId = exit.Id, CareDay = "2026-02-01", ReceiptDay = "2026-02-10", Day = "2026-02-11" });
        }),
        new(RunOff.Descriptor, "ListFlowOwners", Who.AnyMember(), async scene =>
        {
            var (exit, _, tpa) = await scene.TriggeredExitAsync();
            return (tpa, new ListFlowOwnersRequest { DelegationId = exit.DelegationId, ExitId = exit.Id, Day = "2026-02-11" });
        }),
        new(ExitRecords.Descriptor, "DownloadExitRecord", Who.Members(Role.DelegationManager, Role.Compliance), async scene =>
        {
            var (exit, insurer, _) = await scene.ExitInAsync(ExitPhase.Closure);
            return (insurer, new DownloadExitRecordRequest { DelegationId = exit.DelegationId, ExitId = exit.Id });
        }),
        new(ExitRecords.Descriptor, "AcceptExitRecord", Who.MembersOf(Side.Insurer, Role.DelegationManager), async scene =>
        {
            var (exit, insurer, _) = await scene.ExitInAsync(ExitPhase.Closure);
            await scene.KnowArchiveAsync(exit);
            return (insurer, new AcceptExitRecordRequest { DelegationId = exit.DelegationId, ExitId = exit.Id, ManifestSha256 = Parting.Hash, Etag = exit.Etag });
        }),
        new(ExitRecords.Descriptor, "DestroyCopies", Who.MembersOf(Side.Insurer, Role.DelegationManager), async scene =>
        {
            var (exit, insurer, _) = await scene.ExitInAsync(ExitPhase.Closure, accepted: true);
            return (insurer, new DestroyCopiesRequest { DelegationId = exit.DelegationId, ExitId = exit.Id, Etag = exit.Etag });
        }),
        new(ExitRecords.Descriptor, "DownloadDestructionCertificate", Who.AnyMember(), async scene =>
        {
            var (exit, insurer, _) = await scene.ExitInAsync(ExitPhase.Closure, accepted: true, destroyed: true);
            return (insurer, new DownloadDestructionCertificateRequest { DelegationId = exit.DelegationId, ExitId = exit.Id });
        }),
    ];

    private static AccessRule Proposers => Who.Members(Role.DelegationManager, Role.ProjectLead, Role.Legal);

    private static AccessRule Operators => Who.Members(Role.DelegationManager, Role.ProjectLead, Role.Operations);
}
