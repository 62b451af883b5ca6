using Delegation.ServiceDefaults.Calendar;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using State = Delegation.Contracts.V1.AuditMission.Types.State;

namespace Delegation.Contracts.Audits;

/// <summary>What moves a mission: telling the audited party, its days, closing and giving up.</summary>
internal static class AuditMoves
{
    public static Outcome<AuditMissionRow> Notify(AuditMissionRow mission, DateTimeOffset now)
    {
        if (!mission.IsIn(State.Planned))
            return AuditRefusals.NotPlanned;
        if (now.UtcDateTime >= mission.AccessEnd)
            return AuditRefusals.WindowPassed;
        if (Earliest(mission, ParisDays.DayAt(now)) is var earliest && mission.OpenDay < earliest && mission.NoticeDays > 0)
            return AuditRefusals.NoticeTooShort(earliest);

        return new Outcome<AuditMissionRow>.Accepted(mission with { State = State.Notified.Stored(), NotifyTime = now.InMicroseconds(), Revision = mission.Revision + 1 });
    }

    /// <summary>What the days of a mission have made of it: itself where nothing is due.</summary>
    public static AuditMissionRow AtTime(AuditMissionRow mission, DateTimeOffset now) => mission switch
    {
        _ when mission.IsIn(State.Notified) && now.UtcDateTime >= mission.AccessStart =>
            mission with { State = State.Open.Stored(), OpenTime = now.InMicroseconds(), Revision = mission.Revision + 1 },
        _ when mission.IsIn(State.Open) && now.UtcDateTime >= mission.AccessEnd =>
            mission with { State = State.Closed.Stored(), EndTime = now.InMicroseconds(), Revision = mission.Revision + 1 },
        _ => mission,
    };

    /// <summary>When to look again; null for never.</summary>
    public static DateTime? Next(AuditMissionRow mission) =>
        mission.IsIn(State.Notified) ? mission.AccessStart : mission.IsIn(State.Open) ? mission.AccessEnd : null;

    public static Outcome<AuditMissionRow> Close(AuditMissionRow mission, string reason, DateTimeOffset now) =>
        mission.IsIn(State.Open) ? Ended(mission, State.Closed, reason, now) : AuditRefusals.NotOpen<AuditMissionRow>();

    public static Outcome<AuditMissionRow> Cancel(AuditMissionRow mission, string reason, DateTimeOffset now) =>
        mission.IsIn(State.Planned) || mission.IsIn(State.Notified) ? Ended(mission, State.Cancelled, reason, now) : AuditRefusals.Opened;

    /// <summary>The first day on which the notice is over: the day of telling does not count, and the notice is of whole working days.</summary>
    private static DateOnly Earliest(AuditMissionRow mission, DateOnly today) => BusinessCalendar.Ouvres.Add(today, mission.NoticeDays);

    private static Outcome<AuditMissionRow> Ended(AuditMissionRow mission, State state, string reason, DateTimeOffset now) => new Outcome<AuditMissionRow>.Accepted(
        mission with { State = state.Stored(), EndTime = now.InMicroseconds(), EndReason = reason, Revision = mission.Revision + 1 });
}
