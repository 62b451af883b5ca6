using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Commitments;

/// <summary>What can be wrong with a field of terms, in the words that all of them share. Nouns come with their article.</summary>
internal static class TermViolations
{
    public static FieldViolation Required(string field, string english, string french) => new(
        field, Reason(field, "REQUIRED"), new($"This is missing: {english}.", $"Il manque {french}."), new($"Give {english}.", $"Indiquez {french}."));

    public static FieldViolation Unknown(string field) => new(
        field,
        Reason(field, "UNKNOWN"),
        new("This value is not known.", "Cette valeur n'est pas connue."),
        new("Use a value of the list that the contract of the API gives.", "Utilisez une valeur de la liste que donne le contrat de l'API."));

    public static FieldViolation Unwanted(string field, string english, string french) => new(
        field,
        Reason(field, "UNWANTED"),
        new($"This has no meaning here: {english}.", $"Ceci n'a pas de sens ici : {french}."),
        new("Leave it out.", "Retirez cette valeur."));

    public static FieldViolation OutOfRange(string field, string lowest, string highest) => new(
        field,
        Reason(field, "OUT_OF_RANGE"),
        new($"This is not between {lowest} and {highest}.", $"Ceci n'est pas compris entre {lowest} et {highest}."),
        new($"Give {lowest} to {highest}.", $"Indiquez de {lowest} à {highest}."));

    public static FieldViolation Repeated(string field) => new(
        field, Reason(field, "REPEATED"), new("This stands twice.", "Ceci figure deux fois."), new("Give it once.", "Indiquez-le une seule fois."));

    /// <summary>One value of an enum: what is not known, and what is missing where it is required.</summary>
    public static bool Check<T>(string field, T value, bool required, string english, string french, ICollection<FieldViolation> violations)
        where T : struct, Enum
    {
        if (StoredNames.IsKnown(value))
            return true;

        if (!value.Equals(default(T)))
            violations.Add(Unknown(field));
        else if (required)
            violations.Add(Required(field, english, french));

        return false;
    }

    /// <summary>Says that a value is given where it means nothing, if it is.</summary>
    public static void Unused(string field, bool given, string english, string french, ICollection<FieldViolation> violations)
    {
        if (given)
            violations.Add(Unwanted(field, english, french));
    }

    /// <summary>A number that must be in a range, both ends in it.</summary>
    public static void InRange(string field, long value, long lowest, long highest, ICollection<FieldViolation> violations)
    {
        if (value < lowest || value > highest)
            violations.Add(OutOfRange(field, lowest.ToString("N0", Plain), highest.ToString("N0", Plain)));
    }

    // The path of a repeated field ends in its place, which is no part of the reason.
    private static string Reason(string field, string what) =>
        $"{field[(field.LastIndexOf('.') + 1)..].Split('[')[0].ToUpperInvariant()}_{what}";

    private static readonly System.Globalization.NumberFormatInfo Plain = new() { NumberGroupSeparator = " " };
}
