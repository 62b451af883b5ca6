using System.Globalization;
using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Hypercare;

/// <summary>The terms of exit that somebody sets.</summary>
internal static class TermsFields
{
    /// <summary>Adds a violation for each number that is out of its range.</summary>
    public static void Check(HypercareTerms? terms, ICollection<FieldViolation> violations)
    {
        if (terms is null)
        {
            violations.Add(new(
                "terms", "TERMS_REQUIRED", new("The terms are missing.", "Les critères ne sont pas renseignés."), new("Give all of them.", "Indiquez-les tous.")));
            return;
        }

        CheckRange("observe_days", terms.ObserveDays, 1, 366);
        CheckRange("window_days", terms.WindowDays, 1, 92);
        CheckRange("least_closed_percent", terms.LeastClosedPercent, 0, 200);
        CheckRange("most_working_days", terms.MostWorkingDays, 1, 366);
        CheckRange("first_operations", terms.FirstOperations, 0, 1000);

        void CheckRange(string field, int number, int least, int most)
        {
            if (number < least || number > most)
                violations.Add(new(
                    $"terms.{field}",
                    $"{field.ToUpperInvariant()}_OUT_OF_RANGE",
                    new($"{Number(number)} is out of range.", $"{Number(number)} est hors limites."),
                    new($"Give a number from {Number(least)} to {Number(most)}.", $"Indiquez un nombre de {Number(least)} à {Number(most)}.")));
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
