using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Calendar;
using Delegation.ServiceDefaults.Time;

namespace Delegation.ProjectDelivery.Escalations;

/// <summary>
/// Who is called upon to acknowledge an escalation, and since when. Each level has the agreed business hours; the next one is called upon when
/// they are over, or as soon as nobody of the contacts is there on a working day. The last level is reminded each time they are over.
/// </summary>
/// <param name="Level">The level.</param>
/// <param name="Since">Since when.</param>
/// <param name="Reminded">Whether the level was reminded.</param>
internal sealed record CalledUpon(Escalation.Types.Level Level, DateTimeOffset Since, bool Reminded)
{
    private static readonly BusinessHours Hours = BusinessHours.Usual;

    /// <summary>Who is called upon when something is raised.</summary>
    public static CalledUpon At(DateTimeOffset raised, SideContacts contacts) => new(
        contacts.AnsweringAt(raised) is null ? Escalation.Types.Level.DelegationManagers : Escalation.Types.Level.MainContact, raised, Reminded: false);

    /// <summary>When the time of the level is over.</summary>
    public DateTimeOffset Due(TimeSpan agreed) => Hours.Add(Since, agreed);

    /// <summary>When the level is reminded: after half of its time, and the last one then each time the agreed time is over.</summary>
    public DateTimeOffset? RemindAt(TimeSpan agreed) => !Reminded ? Hours.Add(Since, agreed / 2) : Level == Escalation.Types.Level.Executives ? Due(agreed) : null;

    /// <summary>The level reminded. The last level counts its time anew each time it is over: however often that was, it is reminded once.</summary>
    public CalledUpon Remind(TimeSpan agreed, DateTimeOffset now)
    {
        if (!Reminded)
            return this with { Reminded = true };

        var since = Due(agreed);
        for (var next = Hours.Add(since, agreed); next <= now; next = Hours.Add(next, agreed))
            since = next;

        return this with { Since = since };
    }

    /// <summary>The next level from the instant on at which it is called upon; null after the last one.</summary>
    public CalledUpon? Next(TimeSpan agreed, SideContacts contacts)
    {
        if (Level == Escalation.Types.Level.Executives)
            return null;

        var due = Due(agreed);
        if (Level < Escalation.Types.Level.DelegationManagers && FirstWithNobody(Since, due, contacts) is { } left)
            return new CalledUpon(Escalation.Types.Level.DelegationManagers, left, Reminded: false);

        return new CalledUpon(
            Level switch
            {
                Escalation.Types.Level.MainContact when contacts.DeputyBesideMainAt(due) is not null => Escalation.Types.Level.Deputy,
                Escalation.Types.Level.DelegationManagers => Escalation.Types.Level.Executives,
                _ => Escalation.Types.Level.DelegationManagers,
            },
            due,
            Reminded: false);
    }

    /// <summary>When to look at it again: at the next step, or when a day begins on which somebody else may answer.</summary>
    public DateTimeOffset LookAgain(TimeSpan agreed, SideContacts contacts, DateTimeOffset now)
    {
        DateTimeOffset?[] steps = [Next(agreed, contacts)?.Since, RemindAt(agreed), ParisDays.EndOf(ParisDays.DayAt(now))];
        return steps.Where(step => step is not null).Min()!.Value;
    }

    // Who answers changes with days only.
    private static DateTimeOffset? FirstWithNobody(DateTimeOffset from, DateTimeOffset to, SideContacts contacts)
    {
        for (var at = from; at < to; at = ParisDays.EndOf(ParisDays.DayAt(at)))
            if (contacts.AnsweringAt(at) is null)
                return at;

        return null;
    }
}
