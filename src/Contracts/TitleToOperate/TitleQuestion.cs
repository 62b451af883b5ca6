using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Contracts.TitleToOperate;

/// <summary>What is asked about titles, read from a request.</summary>
/// <param name="DelegationId">The delegation.</param>
/// <param name="Day">The day; null for today.</param>
/// <param name="KnownTime">The instant; null for now.</param>
/// <param name="Line">The line; null for the delegation as a whole.</param>
internal sealed record TitleQuestion(Guid DelegationId, DateOnly? Day, DateTime? KnownTime, TitleLine? Line)
{
    private static readonly FieldViolation Malformed = new(
        "known_time",
        "KNOWN_TIME_MALFORMED",
        new("This is not an instant.", "Ceci n'est pas un instant."),
        new("Give an instant between the years 1 and 9999.", "Indiquez un instant compris entre les années 1 et 9999."));

    private static readonly FieldViolation Ahead = new(
        "known_time",
        "KNOWN_TIME_AHEAD",
        new("What will be known later is not known.", "Ce qui sera connu plus tard ne l'est pas."),
        new("Give an instant up to now, or leave it out.", "Indiquez un instant jusqu'à maintenant, ou rien."));

    public static Outcome<TitleQuestion> Read(string delegationId, string day, Timestamp? knownTime, TitleLine? line, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("delegation_id", delegationId, violations);
        var asked = DayField.ReadOptional("day", day, violations);
        var instant = ReadInstant(knownTime, now, violations);
        if (line is not null)
            CheckLine(line, violations);

        return id is { } known && violations.Count == 0
            ? new Outcome<TitleQuestion>.Accepted(new TitleQuestion(known, asked, instant, line))
            : new Outcome<TitleQuestion>.Invalid(violations);
    }

    private static DateTime? ReadInstant(Timestamp? knownTime, DateTimeOffset now, List<FieldViolation> violations)
    {
        if (knownTime is null)
            return null;

        // The bounds of the well-known type, which its own conversion answers with an exception.
        if (knownTime.Seconds is < -62135596800 or > 253402300799 || knownTime.Nanos is < 0 or > 999_999_999)
        {
            violations.Add(Malformed);
            return null;
        }

        var instant = knownTime.ToDateTime();
        if (instant > now.UtcDateTime)
            violations.Add(Ahead);

        return instant;
    }

    private static void CheckLine(TitleLine line, List<FieldViolation> violations)
    {
        Require("line.activity_code", "ACTIVITY_REQUIRED", line.ActivityCode, new("The line names no activity.", "La ligne n'indique pas d'activité."), violations);
        Require("line.product_code", "PRODUCT_REQUIRED", line.ProductCode, new("The line names no product.", "La ligne n'indique pas de produit."), violations);
        Require("line.population_code", "POPULATION_REQUIRED", line.PopulationCode, new("The line names no population.", "La ligne n'indique pas de population."), violations);
    }

    private static void Require(string field, string reason, string code, LocalizedText description, List<FieldViolation> violations)
    {
        if (code.Length == 0)
            violations.Add(new FieldViolation(field, reason, description, new("Give its code, or leave the line out.", "Indiquez son code, ou retirez la ligne.")));
    }
}
