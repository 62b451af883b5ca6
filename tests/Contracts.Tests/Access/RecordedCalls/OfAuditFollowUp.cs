using Delegation.Access.V1;
using Delegation.Contracts.Tests.Audits;
using Delegation.Contracts.V1;
using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

/// <summary>What audit missions ask and find.</summary>
internal sealed class OfAuditFollowUp : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(AuditFollowUp.Descriptor, "AskEvidence", Responsible, async scene =>
        {
            var (mission, insurer, _) = await scene.OpenMissionAsync();
            return (insurer, FollowUpCalls.Ask(mission));
        }),
        new(AuditFollowUp.Descriptor, "ListEvidenceRequests", Who.AnyMember(), async scene =>
        {
            var (asked, _, tpa) = await scene.AskedEvidenceAsync();
            return (tpa, new ListEvidenceRequestsRequest { DelegationId = asked.DelegationId });
        }),
        new(AuditFollowUp.Descriptor, "AttachEvidence", Answering, async scene =>
        {
            var (asked, _, tpa) = await scene.AskedEvidenceAsync();
            return (tpa, FollowUpCalls.Attach(asked));
        }),
        new(AuditFollowUp.Descriptor, "AnswerEvidence", Answering, async scene =>
        {
            var (asked, _, tpa) = await scene.AskedEvidenceAsync();
            return (tpa, FollowUpCalls.Answer(asked));
        }),
        new(AuditFollowUp.Descriptor, "AcceptEvidence", Responsible, async scene =>
        {
            var (asked, insurer, tpa) = await scene.AskedEvidenceAsync();
            var answered = await scene.FollowUp(tpa).AnswerEvidenceAsync(FollowUpCalls.Answer(asked), deadline: People.Deadline);
            return (insurer, FollowUpCalls.Accept(answered));
        }),
        new(AuditFollowUp.Descriptor, "DownloadEvidence", Who.AnyMember(), async scene =>
        {
            var (asked, insurer, tpa) = await scene.AskedEvidenceAsync();
            var attached = await scene.AttachAsync(asked, tpa);
            return (insurer, new DownloadEvidenceRequest { DelegationId = asked.DelegationId, EvidenceRequestId = asked.Id, FileId = attached.Files[0].Id });
        }),
        new(AuditFollowUp.Descriptor, "RecordFinding", Responsible, async scene =>
        {
            var (mission, insurer, _) = await scene.OpenMissionAsync();
            return (insurer, FollowUpCalls.Find(mission));
        }),
        new(AuditFollowUp.Descriptor, "ListFindings", Who.AnyMember(), async scene =>
        {
            var (finding, _, tpa) = await scene.FindingAsync();
            return (tpa, new ListFindingsRequest { DelegationId = finding.DelegationId });
        }),
        new(AuditFollowUp.Descriptor, "SetCorrectivePlan", Responsible, async scene =>
        {
            var (finding, _, tpa) = await scene.FindingAsync();
            return (tpa, FollowUpCalls.Plan(finding));
        }),
        new(AuditFollowUp.Descriptor, "CompletePlan", Responsible, async scene =>
        {
            var (planned, _, tpa) = await scene.PlannedFindingAsync();
            return (tpa, FollowUpCalls.Complete(planned));
        }),
        new(AuditFollowUp.Descriptor, "ValidateClosure", Responsible, async scene =>
        {
            var (planned, insurer, tpa) = await scene.PlannedFindingAsync();
            var done = await scene.FollowUp(tpa).CompletePlanAsync(FollowUpCalls.Complete(planned), deadline: People.Deadline);
            return (insurer, FollowUpCalls.Validate(done));
        }),
    ];

    private static AccessRule Responsible => Who.Members(Role.DelegationManager, Role.Compliance, Role.DataProtectionOfficer);

    private static AccessRule Answering => Who.Members(Role.DelegationManager, Role.Compliance, Role.DataProtectionOfficer, Role.Operations);
}

/// <summary>What calls about the follow-up of audits need around them.</summary>
internal static class PreparingFollowUp
{
    public static AuditFollowUp.AuditFollowUpClient FollowUp(this Scene scene, Actor actor) => new(scene.As(actor));

    /// <summary>Evidence that the insurer asked the delegate for.</summary>
    public static async Task<(EvidenceRequest Asked, Actor Insurer, Actor Delegate)> AskedEvidenceAsync(this Scene scene)
    {
        var (mission, insurer, tpa) = await scene.OpenMissionAsync();
        return (await scene.FollowUp(insurer).AskEvidenceAsync(FollowUpCalls.Ask(mission), deadline: People.Deadline), insurer, tpa);
    }

    /// <summary>The same with a file.</summary>
    public static async Task<EvidenceRequest> AttachAsync(this Scene scene, EvidenceRequest asked, Actor tpa)
    {
        using var call = scene.FollowUp(tpa).AttachEvidence(deadline: People.Deadline);
        await call.RequestStream.WriteAsync(FollowUpCalls.Attach(asked));
        await call.RequestStream.CompleteAsync();
        return await call;
    }

    /// <summary>What was found at the delegate.</summary>
    public static async Task<(AuditFinding Finding, Actor Insurer, Actor Delegate)> FindingAsync(this Scene scene)
    {
        var (mission, insurer, tpa) = await scene.OpenMissionAsync();
        return (await scene.FollowUp(insurer).RecordFindingAsync(FollowUpCalls.Find(mission), deadline: People.Deadline), insurer, tpa);
    }

    /// <summary>The same with a corrective plan.</summary>
    public static async Task<(AuditFinding Finding, Actor Insurer, Actor Delegate)> PlannedFindingAsync(this Scene scene)
    {
        var (finding, insurer, tpa) = await scene.FindingAsync();
        return (await scene.FollowUp(tpa).SetCorrectivePlanAsync(FollowUpCalls.Plan(finding), deadline: People.Deadline), insurer, tpa);
    }
}
