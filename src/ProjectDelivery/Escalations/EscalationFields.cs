using System.Text.RegularExpressions;
using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;
using Severity = Delegation.Delivery.V1.Escalation.Types.Severity;

namespace Delegation.ProjectDelivery.Escalations;

/// <summary>What somebody says of a dysfunction.</summary>
internal sealed partial record EscalationFields(
    string Title, string Description, Severity Severity, DateTime NoticeTime, string? ActivityCode, string? CommitmentCode, Guid? ActionId)
{
    /// <summary>How long a longer text may be.</summary>
    public const int TextLength = 4000;

    private static readonly LocalizedText ChooseASeverity = new(
        "Choose CRITICAL, MAJOR or MINOR.", "Choisissez CRITICAL (critique), MAJOR (majeure) ou MINOR (mineure).");

    private static readonly LocalizedText GiveAnInstant = new(
        "Give the instant at which it was noticed first: not in the future, and within a year.",
        "Indiquez l'instant du premier constat : ni dans le futur, ni il y a plus d'un an.");

    /// <summary>The action of a subject is one of the delegation.</summary>
    public static readonly FieldViolation ActionUnknown = new(
        "subject.action_id", "ACTION_UNKNOWN",
        new("This delegation has no action with this id.", "Cette délégation n'a aucune action portant cet identifiant."),
        new("Give the `id` of one of its actions, or leave it out.", "Indiquez l'`id` de l'une de ses actions, ou laissez ce champ vide."));

    /// <summary>Null with violations.</summary>
    public static EscalationFields? Read(RaiseEscalationRequest request, DateTimeOffset now, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        var title = TextField.ReadLine("title", request.Title, 200, violations);
        var description = TextField.ReadText("description", request.Description, TextLength, violations);
        if (!StoredNames.IsKnown(request.Severity))
            violations.Add(request.Severity == Severity.Unspecified
                ? new("severity", "SEVERITY_REQUIRED", new("The severity is missing.", "La gravité n'est pas renseignée."), ChooseASeverity)
                : new("severity", "SEVERITY_UNKNOWN", new("This severity is not known.", "Cette gravité n'est pas connue."), ChooseASeverity));

        var noticed = ReadNoticeTime(request.NoticeTime, now, violations);
        var subject = request.Subject ?? new EscalationSubject();
        var activity = ReadCode("subject.activity_code", subject.ActivityCode, violations);
        var commitment = ReadCode("subject.commitment_code", subject.CommitmentCode, violations);
        var action = IdField.ReadOptional("subject.action_id", subject.ActionId, violations);
        if (new[] { subject.ActivityCode, subject.CommitmentCode, subject.ActionId }.Count(part => part.Length > 0) > 1)
            violations.Add(new(
                "subject", "SUBJECT_AMBIGUOUS", new("It is about several things at once.", "L'alerte porte sur plusieurs objets à la fois."),
                new("Name one activity, one commitment, one action, or nothing.", "Indiquez une activité, un engagement, une action, ou rien.")));

        return violations.Count > before ? null : new EscalationFields(title!, description!, request.Severity, noticed!.Value, activity, commitment, action);
    }

    private static DateTime? ReadNoticeTime(Timestamp? time, DateTimeOffset now, ICollection<FieldViolation> violations)
    {
        if (time is null)
            violations.Add(new("notice_time", "NOTICE_TIME_REQUIRED", new("When it was noticed is missing.", "L'instant du constat n'est pas renseigné."), GiveAnInstant));
        else if (time.Nanos is < 0 or >= 1_000_000_000 || time.Seconds > now.ToUnixTimeSeconds() || time.Seconds < now.AddYears(-1).ToUnixTimeSeconds())
            violations.Add(new("notice_time", "NOTICE_TIME_OUT_OF_RANGE", new("It was not noticed then.", "Le constat n'a pas pu se faire à cet instant."), GiveAnInstant));
        else
            return new DateTime(Math.Min(time.ToDateTime().Ticks, now.UtcTicks) / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);

        return null;
    }

    private static string? ReadCode(string field, string code, ICollection<FieldViolation> violations)
    {
        if (code.Length == 0)
            return null;
        if (!Code().IsMatch(code))
            violations.Add(new(
                field, $"{field[(field.IndexOf('.') + 1)..].ToUpperInvariant()}_MALFORMED", new("This is no such code.", "Ceci n'est pas un tel code."),
                new("Write up to 60 capital letters, digits, `_` and `-`.", "Écrivez au plus 60 lettres capitales, chiffres, `_` et `-`.")));

        return code;
    }

    [GeneratedRegex(@"^[A-Z0-9]([A-Z0-9_-]{0,58}[A-Z0-9])?\z")]
    private static partial Regex Code();
}
