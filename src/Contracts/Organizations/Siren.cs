using System.Diagnostics.CodeAnalysis;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Organizations;

/// <summary>
/// A SIREN, the identifier that INSEE gives to a legal unit: 9 digits, the last a Luhn check digit (ISO/IEC 7812-1, annex B).
/// The exception made for La Poste concerns SIRETs, the numbers of its establishments; its SIREN 356 000 000 follows the rule.
/// </summary>
internal readonly record struct Siren
{
    private const int Length = 9;

    private Siren(string digits) => Digits = digits;

    /// <summary>The nine digits and nothing else.</summary>
    public string Digits { get; }

    /// <summary>
    /// Reads a SIREN as people write it, grouped by spaces of any kind (French typography has a narrow one that does not break).
    /// </summary>
    public static bool TryParse(string text, out Siren siren, [NotNullWhen(false)] out FieldViolation? violation)
    {
        var digits = string.Concat(text.Where(character => !char.IsWhiteSpace(character)));
        violation = Check(text, digits);
        siren = violation is null ? new Siren(digits) : default;

        return violation is null;
    }

    /// <inheritdoc/>
    public override string ToString() => Digits;

    private static FieldViolation? Check(string text, string digits)
    {
        if (digits.Length == 0)
            return SirenViolations.Required;

        if (digits.Any(character => !char.IsAsciiDigit(character)))
            return SirenViolations.NotDigits(1 + FirstNotDigit(text));

        if (digits.Length != Length)
            return SirenViolations.WrongLength(digits.Length);

        if (digits.All(digit => digit == '0'))
            return SirenViolations.AllZeros;

        return LuhnSum(digits) % 10 == 0 ? null : SirenViolations.WrongCheckDigit;
    }

    private static int FirstNotDigit(string text) =>
        text.TakeWhile(character => char.IsAsciiDigit(character) || char.IsWhiteSpace(character)).Count();

    // From the right, every second digit is doubled, and a double of two digits counts as their sum.
    private static int LuhnSum(string digits) => digits.Reverse().Select((digit, index) => Weigh(digit - '0', doubled: index % 2 == 1)).Sum();

    private static int Weigh(int digit, bool doubled) => doubled ? (2 * digit / 10) + (2 * digit % 10) : digit;
}
