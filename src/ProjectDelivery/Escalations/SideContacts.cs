using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Calendar;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;

namespace Delegation.ProjectDelivery.Escalations;

/// <summary>Whom a side named to be called upon: its main contact and the deputy; null for nobody.</summary>
internal sealed record SideContacts(SideContact? Main, SideContact? Deputy)
{
    public static readonly SideContacts Nobody = new(null, null);

    /// <summary>As Contracts told it; an older entry of its journal does not say which persons they are.</summary>
    public static SideContacts Read(ContactsChanged told) =>
        new(SideContact.Read(told.MainPersonId, told.MainAbsences), SideContact.Read(told.DeputyPersonId, told.DeputyAbsences));

    /// <summary>
    /// Who answers at an instant: the main contact, in their absence the deputy, null when nobody is there. On a day without work it is who
    /// answers on the next working day: nobody needs to be there before.
    /// </summary>
    public SideContact? AnsweringAt(DateTimeOffset instant)
    {
        var day = BusinessCalendar.Ouvres.OnOrAfter(ParisDays.DayAt(instant));
        return Main?.IsThere(day) == true ? Main : Deputy?.IsThere(day) == true ? Deputy : null;
    }

    /// <summary>The deputy, where they are there beside the main contact and not in their place.</summary>
    public SideContact? DeputyBesideMainAt(DateTimeOffset instant)
    {
        var day = BusinessCalendar.Ouvres.OnOrAfter(ParisDays.DayAt(instant));
        return Main?.IsThere(day) == true && Deputy?.IsThere(day) == true ? Deputy : null;
    }
}

/// <summary>Somebody whom a side named, and when they are away: from a first day to a last one, null while the return is not known.</summary>
internal sealed record SideContact(Guid PersonId, IReadOnlyList<(DateOnly First, DateOnly? Last)> Absences)
{
    public static SideContact? Read(string personId, IEnumerable<Absence> absences) =>
        Guid.TryParseExact(personId, "D", out var id) ? new SideContact(id, [.. absences.Select(absence => (Day(absence.StartDay)!.Value, Day(absence.EndDay)))]) : null;

    public bool IsThere(DateOnly day) => !Absences.Any(absence => absence.First <= day && (absence.Last is null || day <= absence.Last));

    // Contracts checked the days before it told them.
    private static DateOnly? Day(string text) => DayField.ReadOptional("", text, new List<FieldViolation>());
}
