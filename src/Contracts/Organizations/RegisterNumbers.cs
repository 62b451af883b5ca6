using System.Diagnostics.CodeAnalysis;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Organizations;

/// <summary>The numbers of an organisation in the two French registers beside Sirene; an empty text is none.</summary>
internal static class RegisterNumbers
{
    private const int LongestAcpr = 20;
    private const int OriasLength = 8;

    private static readonly FieldViolation AcprMalformed = new(
        "acpr_number",
        "ACPR_NUMBER_MALFORMED",
        new($"A number of the ACPR has 1 to {LongestAcpr} letters and digits.", $"Un matricule ACPR comporte de 1 à {LongestAcpr} lettres et chiffres."),
        new("Copy it from the organisation's entry in the register of the ACPR.", "Copiez-le depuis l'inscription de l'organisme au registre de l'ACPR."));

    private static readonly FieldViolation OriasMalformed = new(
        "orias_number",
        "ORIAS_NUMBER_MALFORMED",
        new($"A number of ORIAS has {OriasLength} digits.", $"Un numéro ORIAS comporte {OriasLength} chiffres."),
        new("Copy it from the intermediary's entry in the register of ORIAS.", "Copiez-le depuis l'inscription de l'intermédiaire au registre de l'ORIAS."));

    /// <summary>The register number (matricule) that the ACPR gives to those it supervises. Its form is not published, so it is only bounded.</summary>
    public static bool TryParseAcpr(string text, out string number, [NotNullWhen(false)] out FieldViolation? violation)
    {
        number = Compact.Capitals(text);
        violation = number.Length <= LongestAcpr && number.All(char.IsAsciiLetterOrDigit) ? null : AcprMalformed;

        return violation is null;
    }

    /// <summary>The number of an insurance intermediary.</summary>
    public static bool TryParseOrias(string text, out string number, [NotNullWhen(false)] out FieldViolation? violation)
    {
        number = Compact.Capitals(text);
        violation = number.Length is 0 or OriasLength && number.All(char.IsAsciiDigit) ? null : OriasMalformed;

        return violation is null;
    }
}
