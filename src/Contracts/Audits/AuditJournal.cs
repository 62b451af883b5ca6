using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Google.Protobuf;
using SeenBy = Delegation.Journal.V1.Entry.Types.Visibility;
using State = Delegation.Contracts.V1.AuditMission.Types.State;

namespace Delegation.Contracts.Audits;

/// <summary>What the journal says of missions, and whom they wait for since.</summary>
internal static class AuditJournal
{
    private const string ObjectType = "audit_mission";

    private static readonly Role[] Responsible = [Role.DelegationManager, Role.Compliance, Role.DataProtectionOfficer];

    /// <summary>What happened to a mission that is now as it is.</summary>
    public static IMessage Happened(AuditMissionRow mission) => StoredNames.Read<State>(mission.State) switch
    {
        State.Planned => new AuditMissionPlanned { Mission = mission.ToMessage() },
        State.Notified => new AuditMissionNotified { Mission = mission.ToMessage() },
        State.Open => new AuditMissionOpened
        {
            Mission = mission.ToMessage(), ReadsSeenBy = mission.ReadsSeenBy == Visibility.Both.Stored() ? SeenBy.Both : SeenBy.Insurer,
        },
        State.Closed => new AuditMissionClosed { Mission = mission.ToMessage() },
        _ => new AuditMissionCancelled { Mission = mission.ToMessage() },
    };

    /// <summary>Writes that a mission changed, to both sides, and keeps the work lists of both in step.</summary>
    public static async Task AppendMissionAsync(this DatabaseSession session, AuditMissionRow mission, TimeProvider clock, CancellationToken cancellationToken)
    {
        await session.AppendAsync(
            new JournalEvent(mission.OwnerId, mission.DelegationId, mission.DelegateId, Visibility.Both, ObjectType, mission.Id, mission.Revision, Happened(mission)),
            clock,
            cancellationToken);

        var kind = mission.KindOf;
        await KeepAsync(mission.Recorder, "audit.notify", mission.IsIn(State.Planned), mission.OpenDay, new(
            $"Announce the {kind.English()}: {mission.Title}", $"Notifier : {kind.French()}, {mission.Title}"));
        await KeepAsync(mission.Audited, "audit.prepare", mission.IsIn(State.Notified), mission.OpenDay, new(
            $"Get ready for the {kind.English()}: {mission.Title}", $"Préparer : {kind.French()}, {mission.Title}"));
        await KeepAsync(mission.Recorder, "audit.conduct", mission.IsIn(State.Open), mission.CloseDay, new(
            $"See through the {kind.English()}: {mission.Title}", $"Conduire : {kind.French()}, {mission.Title}"));

        Task KeepAsync(Side side, string work, bool isOpen, DateOnly due, LocalizedText title)
        {
            var key = new WorkItemKey(work, ObjectType, mission.Id, side);
            return isOpen
                ? session.OpenWorkItemAsync(new OpenWork(key, mission.OwnerId, mission.DelegationId, mission.DelegateId, title) { Roles = Responsible, DueDay = due }, clock, cancellationToken)
                : session.CloseWorkItemAsync(key, clock, cancellationToken);
        }
    }

    /// <summary>Plans the next look at the days of a mission.</summary>
    public static Task PlanWindowAsync(this TenantSession session, AuditMissionRow mission, CancellationToken cancellationToken) => AuditMoves.Next(mission) is { } time
        ? session.ScheduleAsync(AuditWindow.WorkKind, mission.OwnerId, mission.DelegationId, mission.Id, time, cancellationToken)
        : session.CancelScheduledAsync(AuditWindow.WorkKind, mission.OwnerId, mission.DelegationId, mission.Id, cancellationToken);
}
