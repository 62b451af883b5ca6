using Delegation.Contracts.V1;
using Delegation.Persistence.Stored;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf.WellKnownTypes;
using Kind = Delegation.Reporting.V1.OperationMark.MarkOneofCase;

namespace Delegation.Reporting.Operational;

/// <summary>Marks in a request: all that is wrong with them, each by its place. Of marks that are the same the last one counts.</summary>
internal static class MarkReading
{
    public const int LongestReference = 64;
    private const int Most = 1000;

    private static readonly FieldViolation MarksRequired = new(
        "marks", "MARKS_REQUIRED", new("No mark is given.", "Aucun jalon n'est indiqué."), new($"Give 1 to {Most}.", $"Indiquez-en de 1 à {Most}."));

    private static readonly FieldViolation TooMany = new(
        "marks", "TOO_MANY_ENTRIES", new($"There are more than {Most} marks.", $"Il y a plus de {Most} jalons."), new("Send the rest with another call.", "Envoyez le reste par un autre appel."));

    public static IReadOnlyList<MarkRow> Read(IReadOnlyList<OperationMark> marks, List<FieldViolation> violations)
    {
        if (marks.Count is 0 or > Most)
        {
            violations.Add(marks.Count == 0 ? MarksRequired : TooMany);
            return [];
        }

        var read = marks.Select((mark, place) => Read($"marks[{place}]", mark, violations)).OfType<MarkRow>();
        return [.. read.GroupBy(mark => (mark.Reference, mark.Mark, mark.Code, mark.MarkTime)).Select(same => same.Last())];
    }

    private static MarkRow? Read(string path, OperationMark mark, List<FieldViolation> violations)
    {
        var reference = TextField.ReadLine($"{path}.reference", mark.Reference, LongestReference, violations);
        var code = ReadCode(path, mark, violations);
        var time = ReadTime($"{path}.time", mark.Time, violations);
        if (mark.Time is null)
            violations.Add(new FieldViolation($"{path}.time", "TIME_REQUIRED", new("The instant is missing.", "L'instant n'est pas renseigné."), GiveAnInstant));

        var end = ReadTime($"{path}.end_time", mark.EndTime, violations);
        if (end is not null && mark.MarkCase != Kind.Pause)
            violations.Add(new FieldViolation(
                $"{path}.end_time", "END_TIME_UNWANTED", new("Only a pause has an end.", "Seule une suspension a une fin."), new("Leave it out.", "Retirez-la.")));
        else if (end < time)
            violations.Add(new FieldViolation(
                $"{path}.end_time", "END_TIME_BEFORE_TIME", new("It would end before it begins.", "La fin précéderait le début."), new("Give a later instant.", "Indiquez un instant postérieur.")));

        return reference is null || code is null || time is null ? null : new MarkRow(reference, mark.MarkCase.ToString().ToLowerInvariant(), code, time.Value, end);
    }

    private static string? ReadCode(string path, OperationMark mark, List<FieldViolation> violations)
    {
        var code = mark.MarkCase switch
        {
            Kind.Event => mark.Event.StoredIfKnown(),
            Kind.Pause => mark.Pause.StoredIfKnown(),
            Kind.Exclusion => mark.Exclusion.StoredIfKnown(),
            _ => null,
        };
        if (mark.MarkCase == Kind.None)
            violations.Add(new FieldViolation(
                $"{path}.mark", "MARK_REQUIRED", new("It says nothing.", "Le jalon ne dit rien."), new("Give an event, a pause or an exclusion.", "Indiquez un événement, une suspension ou une exclusion.")));
        else if (code is null)
            violations.Add(new FieldViolation(
                $"{path}.{mark.MarkCase.ToString().ToLowerInvariant()}", $"{mark.MarkCase.ToString().ToUpperInvariant()}_UNKNOWN",
                new("This value is not known.", "Cette valeur n'est pas connue."), new("Choose one of the contract's.", "Choisissez l'une de celles du contrat.")));

        return code;
    }

    private static DateTime? ReadTime(string field, Timestamp? instant, List<FieldViolation> violations)
    {
        try
        {
            return instant is null ? null : new DateTimeOffset(instant.ToDateTime()).InMicroseconds();
        }
        catch (InvalidOperationException)
        {
            violations.Add(new FieldViolation(
                field, $"{field[(field.LastIndexOf('.') + 1)..].ToUpperInvariant()}_MALFORMED", new("This is not an instant.", "Ceci n'est pas un instant."), GiveAnInstant));
            return null;
        }
    }

    private static LocalizedText GiveAnInstant { get; } = new(
        "Give it in UTC, as in 2026-03-01T08:30:00Z.", "Indiquez-le en temps universel, par exemple 2026-03-01T08:30:00Z.");
}

/// <summary>A mark as the database keeps it.</summary>
internal sealed record MarkRow(string Reference, string Mark, string Code, DateTime MarkTime, DateTime? EndTime)
{
    public OperationMark ToMessage()
    {
        var message = new OperationMark { Reference = Reference, Time = Instant(MarkTime), EndTime = EndTime is { } end ? Instant(end) : null };
        switch (Mark)
        {
            case "event":
                message.Event = StoredNames.Read<ClockEvent>(Code);
                break;
            case "pause":
                message.Pause = StoredNames.Read<PauseCause>(Code);
                break;
            default:
                message.Exclusion = StoredNames.Read<ExclusionCause>(Code);
                break;
        }

        return message;
    }

    private static Timestamp Instant(DateTime time) => Timestamp.FromDateTime(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
