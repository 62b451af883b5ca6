using System.Globalization;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery;

/// <summary>An amount of euros in a request and in an answer: whole cents, none of them negative.</summary>
internal static class EuroField
{
    // A thousand billion euros: sums of such amounts stay far from the end of the numbers.
    private const long Most = 100_000_000_000_000;

    private static readonly LocalizedText GiveCents = new("Give an amount in cents with the currency EUR.", "Indiquez un montant en centimes avec la devise EUR.");

    /// <summary>The cents, or null with a violation.</summary>
    public static long? Read(string field, Money? amount, ICollection<FieldViolation> violations)
    {
        if (amount is not null)
            return ReadOptional(field, amount, violations);

        violations.Add(new(field, "AMOUNT_REQUIRED", new("The amount is missing.", "Le montant n'est pas renseigné."), GiveCents));
        return null;
    }

    /// <summary>The same where there may be no amount, which is null without a violation.</summary>
    public static long? ReadOptional(string field, Money? amount, ICollection<FieldViolation> violations)
    {
        if (amount is null)
            return null;

        var before = violations.Count;
        if (amount.Currency != "EUR")
            violations.Add(new($"{field}.currency", "CURRENCY_NOT_EURO", new("The currency is not the euro.", "La devise n'est pas l'euro."), GiveCents));
        if (amount.MinorUnits is < 0 or > Most)
            violations.Add(new(
                $"{field}.minor_units", "AMOUNT_OUT_OF_RANGE", new("The amount is negative, or too large.", "Le montant est négatif, ou trop grand."), GiveCents));
        return violations.Count > before ? null : amount.MinorUnits;
    }

    public static Money Write(long cents) => new() { MinorUnits = cents, Currency = "EUR" };

    /// <summary>In words for both languages: 1234.56 and, with a comma, 1234,56.</summary>
    public static LocalizedText InWords(long cents)
    {
        var english = (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);
        return new($"€{english}", $"{english.Replace('.', ',')} €");
    }
}
