using System.Globalization;
using System.Text;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ServiceDefaults.Fields;

/// <summary>A text that people write in a request. Blanks around it are removed; invisible characters are refused, line ends in longer texts apart.</summary>
public static class TextField
{
    /// <summary>A line of 1 to <paramref name="maximum"/> characters, or null with a violation (<c>TITLE_REQUIRED</c>, <c>_TOO_LONG</c>, <c>_INVISIBLE_CHARACTER</c>).</summary>
    public static string? ReadLine(string field, string text, int maximum, ICollection<FieldViolation> violations) =>
        ReadRequired(field, text, maximum, lines: false, violations);

    /// <summary>1 to <paramref name="maximum"/> characters with line ends, or null with a violation, as of <see cref="ReadLine"/>.</summary>
    public static string? ReadRequiredText(string field, string text, int maximum, ICollection<FieldViolation> violations) =>
        ReadRequired(field, text, maximum, lines: true, violations);

    /// <summary>Up to <paramref name="maximum"/> characters with line ends, perhaps none, or null with a violation.</summary>
    public static string? ReadText(string field, string text, int maximum, ICollection<FieldViolation> violations) =>
        Read(field, text, maximum, lines: true, violations);

    private static string? ReadRequired(string field, string text, int maximum, bool lines, ICollection<FieldViolation> violations)
    {
        if (text.Trim().Length > 0)
            return Read(field, text, maximum, lines, violations);

        violations.Add(new FieldViolation(
            field,
            FieldReason.Of(field, "REQUIRED"),
            new("The text is missing.", "Le texte n'est pas renseigné."),
            new($"Write 1 to {maximum} characters.", $"Écrivez de 1 à {maximum} caractères.")));
        return null;
    }

    private static string? Read(string field, string text, int maximum, bool lines, ICollection<FieldViolation> violations)
    {
        var trimmed = text.Trim();

        // Code points, as char_length counts in the database.
        var length = trimmed.EnumerateRunes().Count();
        if (length > maximum)
        {
            violations.Add(new FieldViolation(
                field,
                FieldReason.Of(field, "TOO_LONG"),
                new($"The text has {length} characters; at most {maximum} are kept.", $"Le texte comporte {length} caractères ; {maximum} au plus sont conservés."),
                new("Shorten it.", "Raccourcissez-le.")));
            return null;
        }

        if (!trimmed.EnumerateRunes().Any(character => IsInvisible(character, lines)))
            return trimmed;

        violations.Add(new FieldViolation(
            field,
            FieldReason.Of(field, "INVISIBLE_CHARACTER"),
            new("The text contains a control character or another invisible one.", "Le texte contient un caractère de contrôle ou un autre caractère invisible."),
            new("Type it again by hand; such characters come along with copied text.", "Saisissez-le de nouveau au clavier ; ces caractères viennent d'un texte copié.")));
        return null;
    }

    // Format characters too: one that reverses the writing direction makes a text read as another. The joiners are part of some scripts.
    private static bool IsInvisible(Rune character, bool lines) => character.Value switch
    {
        '\n' or '\r' or '\t' => !lines,
        0x200C or 0x200D => false,
        _ => Rune.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };
}
