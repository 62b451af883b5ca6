using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;
using Kind = Delegation.Contracts.V1.AuditMission.Types.Kind;

namespace Delegation.Contracts.Tests.Audits;

/// <summary>Requests about audit missions that are good ones.</summary>
internal static class AuditCalls
{
    public static DateOnly Today => ParisDays.DayAt(TimeProvider.System.GetUtcNow());

    /// <summary>A mission that opens today, for a month.</summary>
    public static PlanAuditMissionRequest Plan(string delegationId, Kind kind = Kind.Acpr, params string[] auditors) => new()
    {
        DelegationId = delegationId,
        Kind = kind,
        Title = "Externalisation des prestations santé",
        AuditedSide = Side.Delegate,
        Subjects = { AuditSubject.Contract, AuditSubject.Governance },
        PeriodStartDay = DayField.Write(Today.AddYears(-1)),
        PeriodEndDay = DayField.Write(Today),
        OpenDay = DayField.Write(Today),
        CloseDay = DayField.Write(Today.AddDays(30)),
        AuditorIds = { auditors },
    };

    public static NotifyAuditMissionRequest Notify(AuditMission mission) => new() { DelegationId = mission.DelegationId, MissionId = mission.Id, Etag = mission.Etag };

    public static CloseAuditMissionRequest Close(AuditMission mission) =>
        new() { DelegationId = mission.DelegationId, MissionId = mission.Id, Reason = "Rapport remis.", Etag = mission.Etag };

    public static CancelAuditMissionRequest Cancel(AuditMission mission) =>
        new() { DelegationId = mission.DelegationId, MissionId = mission.Id, Reason = "Reportée.", Etag = mission.Etag };

    public static GetAuditMissionRequest Get(AuditMission mission) => new() { DelegationId = mission.DelegationId, MissionId = mission.Id };
}
