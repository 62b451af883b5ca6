using Delegation.Access.V1;
using Delegation.Contracts.Tests.Audits;
using Delegation.Contracts.V1;
using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

/// <summary>Audit missions.</summary>
internal sealed class OfAudits : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(V1.Audits.Descriptor, "PlanAuditMission", Responsible, async scene =>
        {
            var (delegation, insurer, _) = await scene.OpenDelegationAsync();
            var auditor = await scene.ColleagueAsync(insurer, Role.Auditor);
            return (await scene.ComplianceAsync(insurer), AuditCalls.Plan(delegation.Id, auditors: auditor.Id));
        }),
        new(V1.Audits.Descriptor, "GetAuditMission", Who.AnyMember(), async scene =>
        {
            var (mission, _, tpa) = await scene.PlannedMissionAsync();
            return (tpa, AuditCalls.Get(mission));
        }),
        new(V1.Audits.Descriptor, "ListAuditMissions", Who.AnyMember(), async scene =>
        {
            var (mission, insurer, _) = await scene.PlannedMissionAsync();
            return (insurer, new ListAuditMissionsRequest { DelegationId = mission.DelegationId });
        }),
        new(V1.Audits.Descriptor, "NotifyAuditMission", Responsible, async scene =>
        {
            var (mission, insurer, _) = await scene.PlannedMissionAsync();
            return (insurer, AuditCalls.Notify(mission));
        }),
        new(V1.Audits.Descriptor, "DownloadEvidencePack", Responsible, async scene =>
        {
            var (mission, insurer, _) = await scene.OpenMissionAsync();
            return (insurer, new DownloadEvidencePackRequest { DelegationId = mission.DelegationId, MissionId = mission.Id });
        }),
        new(V1.Audits.Descriptor, "CloseAuditMission", Responsible, async scene =>
        {
            var (mission, insurer, _) = await scene.OpenMissionAsync();
            return (insurer, AuditCalls.Close(mission));
        }),
        new(V1.Audits.Descriptor, "CancelAuditMission", Responsible, async scene =>
        {
            var (mission, insurer, _) = await scene.PlannedMissionAsync();
            return (insurer, AuditCalls.Cancel(mission));
        }),
    ];

    private static AccessRule Responsible => Who.Members(Role.DelegationManager, Role.Compliance, Role.DataProtectionOfficer);
}

/// <summary>What calls about audit missions need around them.</summary>
internal static class PreparingAudits
{
    /// <summary>Somebody of an organisation who answers for audits.</summary>
    public static Task<Actor> ComplianceAsync(this Scene scene, Actor actor) => scene.MemberAsync(actor.Organization!.Value, actor.Side, Role.Compliance);

    /// <summary>A mission of the ACPR that the insurer recorded, not notified yet, and whoever answers for audits on each side.</summary>
    public static async Task<(AuditMission Mission, Actor Insurer, Actor Delegate)> PlannedMissionAsync(this Scene scene, params string[] auditors)
    {
        var (delegation, insurer, tpa) = await scene.OpenDelegationAsync();
        var recorder = await scene.ComplianceAsync(insurer);
        var mission = await new V1.Audits.AuditsClient(scene.As(recorder)).PlanAuditMissionAsync(
            AuditCalls.Plan(delegation.Id, auditors: auditors), deadline: People.Deadline);
        return (mission, recorder, await scene.ComplianceAsync(tpa));
    }

    /// <summary>The same, open.</summary>
    public static async Task<(AuditMission Mission, Actor Insurer, Actor Delegate)> OpenMissionAsync(this Scene scene)
    {
        var (mission, insurer, tpa) = await scene.PlannedMissionAsync();
        return (await new V1.Audits.AuditsClient(scene.As(insurer)).NotifyAuditMissionAsync(AuditCalls.Notify(mission), deadline: People.Deadline), insurer, tpa);
    }
}
