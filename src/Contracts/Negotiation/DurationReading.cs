using System.Globalization;
using Delegation.Contracts.Clauses;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Negotiation;

/// <summary>How long a contract lasts, from a request or from the parameters of the clause library.</summary>
internal static class DurationReading
{
    private const int MonthsOfAYear = 12;
    private const int LongestTerm = 600;
    private const int LongestPeriod = 120;
    private const int LongestNotice = 60;

    public static void Check(string path, ContractDuration duration, List<FieldViolation> violations)
    {
        CheckMonths($"{path}.term_months", duration.TermMonths, LongestTerm, violations);
        CheckMonths($"{path}.renewal_months", duration.RenewalMonths, LongestPeriod, violations);
        CheckMonths($"{path}.notice_months_insurer", duration.NoticeMonthsInsurer, LongestNotice, violations);
        CheckMonths($"{path}.notice_months_delegate", duration.NoticeMonthsDelegate, LongestNotice, violations);
        CheckMonths($"{path}.notice_months_cause", duration.NoticeMonthsCause, LongestNotice, violations);
        CheckMonths($"{path}.transition_months", duration.TransitionMonths, LongestNotice, violations);
        CheckMonths($"{path}.run_off_months", duration.RunOffMonths, LongestPeriod, violations);
    }

    /// <summary>What the standard contract says in words, by the values of its parameters; null when one of them is no number of months or years.</summary>
    public static ContractDuration? Of(StandardContract standard)
    {
        if (ClauseLibrary.Own.Find(standard.LibraryVersion) is not { } version)
            return null;

        var values = new Dictionary<string, string>(version.Defaults);
        foreach (var value in standard.Values)
            values[value.Name] = value.Value;

        var duration = new ContractDuration
        {
            TermMonths = Months("term_years", MonthsOfAYear),
            RenewalMonths = Months("renewal_years", MonthsOfAYear),
            NoticeMonthsInsurer = Months("notice_months_insurer"),
            NoticeMonthsDelegate = Months("notice_months_delegate"),
            NoticeMonthsCause = Months("notice_months_cause"),
            TransitionMonths = Months("transition_months"),
            RunOffMonths = Months("run_off_months"),
        };
        var violations = new List<FieldViolation>();
        Check("duration", duration, violations);
        return violations.Count == 0 ? duration : null;

        int Months(string name, int each = 1) =>
            int.TryParse(values.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= LongestTerm ? number * each : -1;
    }

    private static void CheckMonths(string field, int months, int most, List<FieldViolation> violations)
    {
        if (months < 0 || months > most)
            violations.Add(new FieldViolation(
                field,
                $"{field[(field.LastIndexOf('.') + 1)..].ToUpperInvariant()}_OUT_OF_RANGE",
                new($"This is 0 to {most} months.", $"La valeur va de 0 à {most} mois."),
                new($"Give 0 to {most}.", $"Indiquez de 0 à {most}.")));
    }
}
