using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.Scoping.Workshops;

/// <summary>What somebody says of a workshop to come.</summary>
internal sealed record WorkshopFields(string Title, DateTime StartTime, string Place, string[] Points)
{
    private const int MostEntries = 50;

    private static readonly LocalizedText GiveAnInstant = new("Give an instant between 1900 and 2200.", "Indiquez un instant compris entre 1900 et 2200.");

    /// <summary>Each side names its own people.</summary>
    public static readonly FieldViolation PersonUnknown = new(
        "person_ids", "PERSON_UNKNOWN", new("Somebody here is no member of your organisation.", "Une personne indiquée n'est pas membre de votre organisme."),
        new("Name your own people; the other side names theirs.", "Désignez vos collaborateurs ; l'autre partie désigne les siens."));

    /// <summary>Null with violations.</summary>
    public static WorkshopFields? Read(PlanWorkshopRequest request, ICollection<FieldViolation> violations) =>
        Read(request.Title, request.StartTime, request.Place, request.Points, violations);

    /// <summary>Null with violations.</summary>
    public static WorkshopFields? Read(UpdateWorkshopRequest request, ICollection<FieldViolation> violations) =>
        Read(request.Title, request.StartTime, request.Place, request.Points, violations);

    /// <summary>Who takes part for a side, each once.</summary>
    public static Guid[] ReadPeople(RepeatedField<string> people, ICollection<FieldViolation> violations)
    {
        ReadCount("person_ids", people.Count, violations);
        return [.. people.Take(MostEntries).Select(person => IdField.Read("person_ids", person, violations)).OfType<Guid>().Distinct()];
    }

    private static WorkshopFields? Read(string title, Timestamp? start, string place, RepeatedField<string> points, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        var line = TextField.ReadLine("title", title, 200, violations);
        if (start is null)
            violations.Add(new("start_time", "START_TIME_REQUIRED", new("The start is missing.", "Le début n'est pas renseigné."), GiveAnInstant));
        else if (start.Nanos is < 0 or >= 1_000_000_000 || start.Seconds is <= -2_208_988_800 or >= 7_289_568_000)
            violations.Add(new("start_time", "START_TIME_MALFORMED", new("This is no instant.", "Ceci n'est pas un instant."), GiveAnInstant));
        var where = place.Trim().Length == 0 ? "" : TextField.ReadLine("place", place, 500, violations);
        ReadCount("points", points.Count, violations);
        var titles = points.Take(MostEntries).Select(point => TextField.ReadLine("points", point, 200, violations)).ToArray();
        return violations.Count > before ? null : new WorkshopFields(line!, InMicroseconds(start!.ToDateTime()), where!, titles!);
    }

    private static void ReadCount(string field, int count, ICollection<FieldViolation> violations)
    {
        if (count is > 0 and <= MostEntries)
            return;

        violations.Add(new FieldViolation(
            field, count == 0 ? $"{field.ToUpperInvariant()}_REQUIRED" : "TOO_MANY_ENTRIES", new($"The list has {count} entries.", $"La liste comporte {count} entrées."),
            new($"Give 1 to {MostEntries}.", $"Indiquez-en de 1 à {MostEntries}.")));
    }

    // What the database keeps of it.
    private static DateTime InMicroseconds(DateTime time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
}
