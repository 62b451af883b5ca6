using System.Text.RegularExpressions;
using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.ProjectDelivery.Scoping.Answers;

/// <summary>What readers of answers have in common: lists with a limit, codes that come once, values of enums.</summary>
internal static partial class AnswerReading
{
    private const int CodeLength = 40;

    private static readonly LocalizedText ChooseAValue = new("Choose one of the values of the contract.", "Choisissez l'une des valeurs du contrat d'interface.");

    /// <summary>The question, of five; null with violations.</summary>
    public static ScopingQuestion? ReadQuestion(ScopingQuestion question, ICollection<FieldViolation> violations) =>
        ReadEnum("question", question, violations) ? question : null;

    /// <summary>False with violations, as <c>KIND_REQUIRED</c> or <c>KIND_UNKNOWN</c>.</summary>
    public static bool ReadEnum<T>(string field, T value, ICollection<FieldViolation> violations)
        where T : struct, Enum
    {
        if (StoredNames.IsKnown(value))
            return true;

        var name = field[(field.LastIndexOf('.') + 1)..].ToUpperInvariant();
        violations.Add(value.Equals(default(T))
            ? new FieldViolation(field, $"{name}_REQUIRED", new("A value is missing.", "Une valeur manque."), ChooseAValue)
            : new FieldViolation(field, $"{name}_UNKNOWN", new("This value is not known.", "Cette valeur n'est pas connue."), ChooseAValue));
        return false;
    }

    public static void ReadLimit(string field, int count, int most, ICollection<FieldViolation> violations)
    {
        if (count > most)
            violations.Add(new FieldViolation(
                field, "TOO_MANY_ENTRIES", new($"The list has {count} entries; at most {most} are kept.", $"La liste comporte {count} entrées ; {most} au plus sont conservées."),
                new("Shorten the list.", "Raccourcissez la liste.")));
    }

    /// <summary>A code that comes once in its list.</summary>
    public static string ReadCode(string field, string text, ISet<string> codes, ICollection<FieldViolation> violations)
    {
        var code = TextField.ReadLine(field, text, CodeLength, violations);
        if (code is null)
            return "";

        if (!CodeForm().IsMatch(code))
            violations.Add(new FieldViolation(
                field, "CODE_MALFORMED", new("This is no code.", "Ceci n'est pas un code."),
                new("Write letters without accents, digits, - and _ only.", "N'écrivez que des lettres sans accent, des chiffres, - et _.")));
        else if (!codes.Add(code))
            violations.Add(new FieldViolation(
                field, "CODE_TWICE", new("Another entry of the list has this code.", "Une autre entrée de la liste porte ce code."),
                new("Give each entry a code of its own.", "Donnez à chaque entrée un code qui lui est propre.")));

        return code;
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex CodeForm();
}
