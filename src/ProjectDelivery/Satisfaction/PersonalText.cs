using System.Globalization;
using System.Text.RegularExpressions;

namespace Delegation.ProjectDelivery.Satisfaction;

/// <summary>Recognises what looks like data of persons, in the name of a column and in a text. A survey has figures of many, and nothing else.</summary>
internal static partial class PersonalText
{
    private static readonly HashSet<string> Words =
    [
        "nom", "noms", "prenom", "prenoms", "patronyme", "name", "surname", "firstname", "lastname", "fullname", "assure", "adherent", "beneficiaire", "client",
        "nir", "nss", "ssn", "insee", "secu", "matricule", "mail", "email", "courriel", "tel", "telephone", "phone", "portable", "mobile", "iban", "rib", "bic",
        "adresse", "address", "naissance", "birth", "birthdate",
    ];

    // Processes run without the data of cultures, and so without Unicode's decomposition: these are the letters of French.
    private const string Accented = "àâäçéèêëîïôöùûüÿ";
    private const string Bare = "aaaceeeeiioouuuy";

    /// <summary>Whether a column is about persons by its name.</summary>
    public static bool IsNameOfColumn(string name)
    {
        var plain = Plain(name);
        return plain.Split(' ').Any(Words.Contains) || plain.Contains("securite sociale", StringComparison.Ordinal) || plain.Contains("social security", StringComparison.Ordinal)
            || plain.Contains("compte bancaire", StringComparison.Ordinal) || plain.Contains("bank account", StringComparison.Ordinal);
    }

    /// <summary>Whether an e-mail address, a telephone number, a social security number or bank details are in a text.</summary>
    public static bool IsIn(string text) => Email().IsMatch(text) || Phone().IsMatch(text) || Nir().IsMatch(text) || Iban().IsMatch(text);

    /// <summary>Lower-case words without accents and signs: people write <c>Prénom</c>, <c>E-mail</c>, <c>N° Sécu</c>.</summary>
    public static string Plain(string name)
    {
        var letters = string.Concat(name.Where(character => CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark)
            .Select(char.ToLowerInvariant)
            .Select(character => Accented.IndexOf(character, StringComparison.Ordinal) is var place and >= 0 ? Bare[place] : character)
            .Select(character => char.IsAsciiLetterOrDigit(character) ? character : ' '));
        return string.Join(' ', letters.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Replace("e mail", "email", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"[^\s@]+@[^\s@]+\.[^\s@]{2,}")]
    private static partial Regex Email();

    [GeneratedRegex(@"(?<!\d)(\+33|0033|0)\s?[1-9]([\s.-]?\d{2}){4}(?!\d)")]
    private static partial Regex Phone();

    // Sex, year, month, department, commune, order; the key may be left out: https://www.insee.fr/fr/metadonnees/definition/c1409
    [GeneratedRegex(@"(?<!\d)[1-478]\s?\d{2}\s?(0[1-9]|1[0-2]|[2-9]\d)\s?(\d{2}|2[ABab])\s?\d{3}\s?\d{3}(\s?\d{2})?(?!\d)")]
    private static partial Regex Nir();

    [GeneratedRegex(@"(?<![A-Za-z])[A-Z]{2}\d{2}(\s?[A-Z0-9]{4}){3,7}(\s?[A-Z0-9]{1,4})?(?![A-Za-z0-9])")]
    private static partial Regex Iban();
}
