using System.Diagnostics.CodeAnalysis;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Organizations;

/// <summary>A legal entity identifier (ISO 17442): 18 letters and digits, then 2 check digits of ISO 7064, mod 97-10.</summary>
internal static class Lei
{
    private const string Field = "lei";
    private const int Length = 20;

    private static readonly FieldViolation Malformed = new(
        Field,
        "LEI_MALFORMED",
        new("A LEI has 20 letters and digits, the last two digits.", "Un LEI comporte 20 lettres et chiffres, dont deux chiffres à la fin."),
        new("Copy it from the organisation's entry in the register of GLEIF.", "Copiez-le depuis l'inscription de l'organisme au registre de la GLEIF."));

    private static readonly FieldViolation WrongCheckDigits = new(
        Field,
        "LEI_WRONG_CHECK_DIGITS",
        new("The last two digits of this LEI do not fit the rest: a character is mistyped, or two are swapped.",
            "Les deux derniers chiffres de ce LEI ne correspondent pas au reste : un caractère est erroné, ou deux sont inversés."),
        new("Compare it with the register of GLEIF, character by character.", "Comparez-le, caractère par caractère, au registre de la GLEIF."));

    /// <summary>Reads one as people write it, in small letters or grouped by spaces; an empty text is none.</summary>
    public static bool TryParse(string text, out string lei, [NotNullWhen(false)] out FieldViolation? violation)
    {
        lei = Compact.Capitals(text);
        violation = lei.Length == 0 ? null : Check(lei);

        return violation is null;
    }

    private static FieldViolation? Check(string lei)
    {
        if (lei.Length != Length || !lei.All(char.IsAsciiLetterOrDigit) || !lei[^2..].All(char.IsAsciiDigit))
            return Malformed;

        return Remainder(lei) == 1 ? null : WrongCheckDigits;
    }

    // Each letter stands for two digits, A for 10 to Z for 35; the number that they all make leaves 1.
    private static int Remainder(string lei) => lei.Aggregate(0, (remainder, character) => char.IsAsciiDigit(character)
        ? ((remainder * 10) + character - '0') % 97
        : ((remainder * 100) + character - 'A' + 10) % 97);
}
