using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.Negotiation;

/// <summary>Reads the terms of a contract from a request.</summary>
internal static class TermsReading
{
    private const int LongestTitle = 200;
    private const int DefaultReviewDays = 10;
    private const int MostReviewDays = 90;

    private static readonly FieldViolation Required = new(
        "terms",
        "TERMS_REQUIRED",
        new("The terms are missing.", "Les conditions ne sont pas renseignées."),
        new("Give title, effective day and agreed review time.", "Indiquez l'intitulé, la date d'effet et le délai de revue convenu."));

    /// <summary>The terms in their plain form, or null with violations.</summary>
    /// <param name="given">As sent.</param>
    /// <param name="former">What stays where nothing is given; null for a new contract.</param>
    /// <param name="violations">Gets what is wrong.</param>
    public static ContractTerms? Read(ContractTerms? given, ContractTerms? former, List<FieldViolation> violations)
    {
        if (given is null)
        {
            violations.Add(Required);
            return null;
        }

        var before = violations.Count;
        var title = given.Title.Length == 0 && former is not null ? former.Title : TextField.ReadLine("terms.title", given.Title, LongestTitle, violations);
        var day = given.EffectiveDay.Length == 0 && former is not null
            ? former.EffectiveDay
            : DayField.Write(DayField.Read("terms.effective_day", given.EffectiveDay, violations));
        var reviewDays = given.ReviewDays == 0 ? former?.ReviewDays ?? DefaultReviewDays : given.ReviewDays;
        if (reviewDays is < 1 or > MostReviewDays)
            violations.Add(OutOfRange);
        if (given.Duration is { } duration)
            DurationReading.Check("terms.duration", duration, violations);

        return violations.Count > before ? null : new ContractTerms
        {
            Title = title, EffectiveDay = day, ReviewDays = reviewDays, Duration = given.Duration ?? former?.Duration,
        };
    }

    private static FieldViolation OutOfRange { get; } = new(
        "terms.review_days",
        "REVIEW_DAYS_OUT_OF_RANGE",
        new($"A review takes 1 to {MostReviewDays} days.", $"Une revue dure de 1 à {MostReviewDays} jours."),
        new($"Give 1 to {MostReviewDays}, or nothing for what holds.", $"Indiquez de 1 à {MostReviewDays}, ou rien pour ce qui vaut déjà."));
}
