using Delegation.ServiceDefaults.Errors;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery;

/// <summary>An instant in a request.</summary>
internal static class InstantField
{
    private static readonly LocalizedText GiveAnInstant = new("Give an instant between 1900 and 2200.", "Indiquez un instant compris entre 1900 et 2200.");

    /// <summary>The instant, or null with a violation (<c>START_TIME_REQUIRED</c>, <c>START_TIME_MALFORMED</c> for the field <c>start_time</c>).</summary>
    public static DateTime? Read(string field, Timestamp? time, ICollection<FieldViolation> violations)
    {
        if (time is not null)
            return ReadOptional(field, time, violations);

        violations.Add(new(field, Reason(field, "REQUIRED"), new("The instant is missing.", "L'instant n'est pas renseigné."), GiveAnInstant));
        return null;
    }

    /// <summary>The same where there may be none, which is null without a violation.</summary>
    public static DateTime? ReadOptional(string field, Timestamp? time, ICollection<FieldViolation> violations)
    {
        if (time is null)
            return null;
        if (time.Nanos is < 0 or >= 1_000_000_000 || time.Seconds is <= -2_208_988_800 or >= 7_289_568_000)
        {
            violations.Add(new(field, Reason(field, "MALFORMED"), new("This is no instant.", "Ceci n'est pas un instant."), GiveAnInstant));
            return null;
        }

        // What the database keeps of it.
        var instant = time.ToDateTime();
        return instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    private static string Reason(string field, string what) => $"{field[(field.LastIndexOf('.') + 1)..].ToUpperInvariant()}_{what}";
}
