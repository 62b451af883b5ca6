using System.Globalization;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Reporting.Technical;

/// <summary>What is not there and would be in a whole report.</summary>
internal static class Gaps
{
    private static readonly (string Kind, LocalizedText Name)[] Looked =
    [
        (ImportsKnown.Premiums, new("No premiums", "Aucune cotisation")),
        (ImportsKnown.Benefits, new("No benefits", "Aucune prestation")),
        (ImportsKnown.Membership, new("No membership", "Aucun effectif")),
        (ImportsKnown.Links, new("No links to the compulsory scheme", "Aucun comptage de noémisation")),
    ];

    private static readonly Dictionary<string, LocalizedText> OfInsurer = new()
    {
        ["provisions"] = new("The insurer gave no provisions for these days.", "L'assureur n'a pas indiqué de provisions à ces dates."),
        ["management_costs"] = new("The insurer gave no costs of management for the year.", "L'assureur n'a pas indiqué de frais de gestion pour l'année."),
        ["contributions"] = new("The insurer gave no contributions for the year.", "L'assureur n'a pas indiqué de contributions pour l'année."),
    };

    /// <summary>What the insurer did not give of a year.</summary>
    public static IEnumerable<TechnicalGap> Of(InsurerAccounts? accounts, Selection selection) => accounts is null || !InsurerAccounts.SpeakOf(selection)
        ? []
        : accounts.Missing(selection.View).Select(subject => new TechnicalGap { Subject = subject, TextEn = OfInsurer[subject].English, TextFr = OfInsurer[subject].French });

    /// <summary>The months of which no import tells, by kind.</summary>
    public static IEnumerable<TechnicalGap> Of(ImportsKnown imports, Selection selection)
    {
        foreach (var (kind, name) in Looked)
        {
            // What is paid for the care of a period is told until the valuation day.
            var period = kind == ImportsKnown.Benefits && selection.ValuationDay is { } day ? selection.Period with { End = day } : selection.Period;
            var months = imports.Missing(kind, period);
            if (months.Count == 0)
                continue;

            var list = string.Join(", ", months.Select(month => month.ToString("yyyy-MM", CultureInfo.InvariantCulture)));
            yield return new TechnicalGap
            {
                Subject = kind,
                Months = { months.Select(month => DayField.Write(month)) },
                TextEn = $"{name.English} imported for {list}.",
                TextFr = $"{name.French} importé{(kind is ImportsKnown.Premiums or ImportsKnown.Benefits ? "e" : "")} pour {list}.",
            };
        }
    }
}
