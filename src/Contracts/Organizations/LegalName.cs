using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Organizations;

/// <summary>The legal name of an organisation: 1 to 200 visible characters, without blanks around it.</summary>
internal static class LegalName
{
    private const int MaximumLength = 200;

    private static readonly FieldViolation Required = new(
        "legal_name",
        "LEGAL_NAME_REQUIRED",
        new("The legal name is missing.", "La dénomination sociale n'est pas renseignée."),
        new("Give the name that the organisation has in its statutes.", "Indiquez la dénomination qui figure dans les statuts de l'organisme."));

    // Format characters too: one that reverses the writing direction makes a name read as another.
    private static readonly FieldViolation InvisibleCharacter = new(
        "legal_name",
        "LEGAL_NAME_INVISIBLE_CHARACTER",
        new("The legal name contains a control character or another invisible one.", "La dénomination sociale contient un caractère de contrôle ou un autre caractère invisible."),
        new("Type it again by hand; such characters come along with copied text.", "Saisissez-la de nouveau au clavier ; ces caractères viennent d'un texte copié."));

    public static bool TryParse(string text, out string name, [NotNullWhen(false)] out FieldViolation? violation)
    {
        name = text.Trim();
        violation = Check(name);

        return violation is null;
    }

    private static FieldViolation? Check(string name)
    {
        if (name.Length == 0)
            return Required;

        // Code points, as char_length counts in the database.
        var length = name.EnumerateRunes().Count();
        if (length > MaximumLength)
            return TooLong(length);

        return name.EnumerateRunes().Any(IsInvisible) ? InvisibleCharacter : null;
    }

    private static bool IsInvisible(Rune character) => Rune.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static FieldViolation TooLong(int length) => new(
        "legal_name",
        "LEGAL_NAME_TOO_LONG",
        new($"The legal name has {length} characters; at most {MaximumLength} are kept.", $"La dénomination sociale comporte {length} caractères ; {MaximumLength} au plus sont conservés."),
        new("Use the short form that the statutes allow.", "Utilisez la forme abrégée prévue par les statuts."));
}
