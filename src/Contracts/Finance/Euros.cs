using System.Numerics;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Finance;

/// <summary>
/// Amounts in euros, as cents. The one rounding rule of the platform's money: an exact fraction of cents is rounded once, at the end, to the
/// nearest cent, half a cent up (arrondi au centime le plus proche).
/// </summary>
internal static class Euros
{
    public const string Currency = "EUR";

    /// <summary>More than any contract of the trade moves, and far from what 64 bits hold.</summary>
    public const long Most = 1_000_000_000_000_00;

    public static Money Of(long cents) => new() { MinorUnits = cents, Currency = Currency };

    /// <summary>The cents of an amount above zero, or null with violations.</summary>
    public static long? ReadPositive(string field, Money amount, ICollection<FieldViolation> violations)
    {
        if (amount.MinorUnits <= 0)
            violations.Add(new FieldViolation(
                $"{field}.minor_units",
                "MINOR_UNITS_NOT_POSITIVE",
                new("The amount is more than zero.", "Le montant est supérieur à zéro."),
                new("Give it in cents.", "Indiquez-le en centimes.")));

        return Read(field, amount, violations) is { } cents && cents > 0 ? cents : null;
    }

    /// <summary>The cents of an amount of zero or more, or null with violations.</summary>
    public static long? ReadNotNegative(string field, Money amount, ICollection<FieldViolation> violations)
    {
        if (amount.MinorUnits < 0)
            violations.Add(new FieldViolation(
                $"{field}.minor_units",
                "MINOR_UNITS_NEGATIVE",
                new("The amount is not negative.", "Le montant n'est pas négatif."),
                new("Give it in cents.", "Indiquez-le en centimes.")));

        return Read(field, amount, violations) is { } cents && cents >= 0 ? cents : null;
    }

    /// <summary>An exact fraction of cents above zero or zero, rounded; never more than <see cref="Most"/>.</summary>
    public static long Round(BigInteger numerator, BigInteger denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(numerator);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);

        // Half of the denominator more, and then the whole part: half a cent goes up.
        return (long)BigInteger.Min((2 * numerator + denominator) / (2 * denominator), Most);
    }

    private static long? Read(string field, Money amount, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        if (amount.MinorUnits > Most)
            violations.Add(new FieldViolation(
                $"{field}.minor_units",
                "MINOR_UNITS_TOO_LARGE",
                new("The amount is larger than any that is kept.", "Le montant dépasse tout ce qui est conservé."),
                new("Give it in cents.", "Indiquez-le en centimes.")));

        if (amount.Currency != Currency)
            violations.Add(new FieldViolation(
                $"{field}.currency", "CURRENCY_NOT_EURO", new("The amount is in euros.", "Le montant est en euros."), new("Give EUR.", "Indiquez EUR.")));

        return violations.Count == before ? amount.MinorUnits : null;
    }
}
