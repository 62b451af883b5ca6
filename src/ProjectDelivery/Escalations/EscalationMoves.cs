using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Calendar;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using State = Delegation.Delivery.V1.Escalation.Types.State;

namespace Delegation.ProjectDelivery.Escalations;

/// <summary>Decides what becomes of an escalation: raised → acknowledged → resolved → closed, or back to acknowledged.</summary>
internal static class EscalationMoves
{
    /// <summary>Something is raised. The clock of the other side runs from here on.</summary>
    public static EscalationRow Raise(
        EscalationFields fields, Parties parties, Caller caller, int agreedHours, SideContacts contacts, Guid id, DateTimeOffset now)
    {
        var raised = now.InMicroseconds();
        var called = CalledUpon.At(raised, contacts);
        return new EscalationRow
        {
            OwnerId = parties.OwnerId,
            DelegationId = parties.DelegationId,
            DelegateId = parties.DelegateId,
            Id = id,
            Side = caller.Side.Code(),
            PersonId = caller.PersonId,
            State = State.Raised.Stored(),
            Severity = fields.Severity.Stored(),
            Title = fields.Title,
            Description = fields.Description,
            ActivityCode = fields.ActivityCode,
            CommitmentCode = fields.CommitmentCode,
            ActionId = fields.ActionId,
            NoticeTime = fields.NoticeTime,
            RaiseTime = raised,
            SurfaceMinutes = Minutes(fields.NoticeTime, raised),
            AgreedHours = agreedHours,
            DueTime = BusinessHours.Usual.Add(raised, TimeSpan.FromHours(agreedHours)).UtcDateTime,
            Level = called.Level.Stored(),
            LevelTime = raised,
            Reminded = false,
            UpdateTime = raised,
            Revision = 1,
        };
    }

    /// <param name="escalation">As it is, locked.</param>
    /// <param name="caller">Who acknowledges it.</param>
    /// <param name="contacts">Whom the caller's side named.</param>
    /// <param name="executives">Roles of the caller's side that the last level is.</param>
    /// <param name="now">When.</param>
    public static Outcome<EscalationRow> Acknowledge(
        EscalationRow escalation, Caller caller, SideContacts contacts, IReadOnlyList<Role> executives, DateTimeOffset now)
    {
        if (escalation.AnsweredBy != caller.Side)
            return Refused("OWN_ESCALATION", "Your side raised it; the other side acknowledges it.", "Votre partie l'a émise ; c'est à l'autre de la prendre en charge.");
        if (escalation.In != State.Raised)
            return Refused("ALREADY_ACKNOWLEDGED", "It is acknowledged already.", "Elle est déjà prise en charge.");
        if (!Acknowledging.IsCalledUpon(escalation.CalledUpon.Level, caller, contacts, executives, now))
            return Refused(
                "NOT_CALLED_UPON",
                "You are not called upon: the main contact is first, the deputy in their absence, then the deputy, the delegation managers and the executives.",
                "Vous n'êtes pas sollicité : d'abord l'interlocuteur principal, le suppléant en son absence, puis le suppléant, les responsables de la délégation et la direction.");

        var time = now.InMicroseconds();
        return new Outcome<EscalationRow>.Accepted(escalation.After(time) with
        {
            State = State.Acknowledged.Stored(),
            AcknowledgeTime = time,
            AcknowledgePersonId = caller.PersonId,
            AcknowledgeMinutes = Minutes(escalation.RaiseTime, time),
        });
    }

    public static Outcome<EscalationRow> Resolve(EscalationRow escalation, Side side, string cause, string resolution, DateTimeOffset now)
    {
        if (escalation.AnsweredBy != side)
            return Refused("OWN_ESCALATION", "Your side raised it; the other side resolves it.", "Votre partie l'a émise ; c'est à l'autre de la résoudre.");
        if (escalation.In != State.Acknowledged)
            return Refused("NOT_ACKNOWLEDGED", "It is not acknowledged, or is resolved already.", "Elle n'est pas prise en charge, ou est déjà résolue.");

        var time = now.InMicroseconds();
        return new Outcome<EscalationRow>.Accepted(escalation.After(time) with
        {
            State = State.Resolved.Stored(), Cause = cause, Resolution = resolution, ResolveTime = time,
        });
    }

    public static Outcome<EscalationRow> Confirm(EscalationRow escalation, Side side, DateTimeOffset now) =>
        NotToJudge(escalation, side) ?? new Outcome<EscalationRow>.Accepted(
            escalation.After(now.InMicroseconds()) with { State = State.Closed.Stored(), CloseTime = now.InMicroseconds() });

    public static Outcome<EscalationRow> Reopen(EscalationRow escalation, Side side, string reason, DateTimeOffset now) =>
        NotToJudge(escalation, side) ?? new Outcome<EscalationRow>.Accepted(escalation.After(now.InMicroseconds()) with
        {
            State = State.Acknowledged.Stored(), ReopenReason = reason, ReopenCount = escalation.ReopenCount + 1,
        });

    private static Outcome<EscalationRow>? NotToJudge(EscalationRow escalation, Side side) =>
        escalation.RaisedBy != side
            ? Refused("NOT_OWN_ESCALATION", "The other side raised it, and says whether it is put right.", "L'autre partie l'a émise, et c'est elle qui dit si elle est résolue.")
        : escalation.In != State.Resolved ? Refused("NOT_RESOLVED", "It is not resolved.", "Elle n'est pas résolue.")
        : null;

    private static long Minutes(DateTime from, DateTime to) => (long)BusinessHours.Usual.Between(from, to).TotalMinutes;

    private static Outcome<EscalationRow> Refused(string reason, string english, string french) => new Outcome<EscalationRow>.Refused(reason, new(english, french));
}
