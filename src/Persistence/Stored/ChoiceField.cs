using System.Reflection;
using Delegation.Access.V1;
using Delegation.ServiceDefaults.Errors;
using Google.Protobuf.Reflection;

namespace Delegation.Persistence.Stored;

/// <summary>A value of an enum of the contract in a request.</summary>
public static class ChoiceField
{
    /// <summary>Adds a violation (<c>KIND_REQUIRED</c>, <c>KIND_UNKNOWN</c> for the field <c>kind</c>) unless it is one of the choices.</summary>
    public static void Check<T>(string field, T value, ICollection<FieldViolation> violations)
        where T : struct, Enum => Check(field, value, Enum.GetValues<T>().Where(StoredNames.IsKnown), violations);

    /// <summary>The same for one of the two sides of a delegation.</summary>
    public static void CheckSide(string field, Side side, ICollection<FieldViolation> violations) => Check(field, side, [Side.Insurer, Side.Delegate], violations);

    private static void Check<T>(string field, T value, IEnumerable<T> choices, ICollection<FieldViolation> violations)
        where T : struct, Enum
    {
        if (choices.Contains(value))
            return;

        var name = field[(field.LastIndexOf('.') + 1)..].ToUpperInvariant();
        var all = string.Join(", ", choices.Select(choice => typeof(T).GetField(choice.ToString())!.GetCustomAttribute<OriginalNameAttribute>()!.Name));
        var remedy = new LocalizedText($"Choose one of {all}.", $"Choisissez parmi {all}.");
        violations.Add(value.Equals(default(T))
            ? new(field, $"{name}_REQUIRED", new("The choice is missing.", "Le choix n'est pas renseigné."), remedy)
            : new(field, $"{name}_UNKNOWN", new("This is none of the choices.", "Ce choix n'est pas proposé."), remedy));
    }
}
