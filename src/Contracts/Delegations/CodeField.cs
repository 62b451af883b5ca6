using System.Text.RegularExpressions;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Delegations;

/// <summary>A code that files and reports repeat: products, populations, contract numbers.</summary>
internal static partial class CodeField
{
    private static readonly LocalizedText Remedy = new(
        "Give 1 to 40 letters, digits and . _ / -, the first a letter or a digit.",
        "Indiquez de 1 à 40 lettres, chiffres et . _ / -, le premier étant une lettre ou un chiffre.");

    /// <summary>The code without blanks around it, or null with a violation (<c>CODE_REQUIRED</c>, <c>CODE_MALFORMED</c> for a path that ends in <c>code</c>).</summary>
    public static string? Read(string field, string text, ICollection<FieldViolation> violations)
    {
        var code = text.Trim();
        if (Pattern().IsMatch(code))
            return code;

        var name = field[(field.LastIndexOf('.') + 1)..].ToUpperInvariant();
        violations.Add(code.Length == 0
            ? new FieldViolation(field, $"{name}_REQUIRED", new("The code is missing.", "Le code n'est pas renseigné."), Remedy)
            : new FieldViolation(field, $"{name}_MALFORMED", new("This is not written as a code.", "Ceci n'a pas la forme d'un code."), Remedy));
        return null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}\z")]
    private static partial Regex Pattern();
}
