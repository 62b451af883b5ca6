using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.Negotiation;

/// <summary>Reads texts of several lines that must be there.</summary>
internal static class TextReading
{
    /// <summary>The text, or empty with a violation (<c>COMMENT_REQUIRED</c> for the field <c>comment</c>, and those of <see cref="TextField"/>).</summary>
    public static string Required(string field, string text, int maximum, List<FieldViolation> violations)
    {
        if (text.Trim().Length == 0)
            violations.Add(new FieldViolation(
                field,
                $"{field.ToUpperInvariant()}_REQUIRED",
                new("The text is missing.", "Le texte n'est pas renseigné."),
                new($"Write 1 to {maximum} characters.", $"Écrivez de 1 à {maximum} caractères.")));

        return TextField.ReadText(field, text, maximum, violations) ?? "";
    }
}
