using Delegation.ServiceDefaults.Errors;

namespace Delegation.ServiceDefaults.Fields;

/// <summary>An id in a request: a UUID in its 36-character form.</summary>
public static class IdField
{
    /// <summary>The id, or null with a violation (<c>PROJECT_ID_MALFORMED</c> for the field <c>project_id</c>).</summary>
    public static Guid? Read(string field, string text, ICollection<FieldViolation> violations)
    {
        if (Guid.TryParseExact(text, "D", out var id))
            return id;

        violations.Add(new FieldViolation(
            field,
            FieldReason.Of(field, "MALFORMED"),
            new("This is not an id of the platform.", "Ceci n'est pas un identifiant de la plateforme."),
            new("Give the id that the platform answered, as in 0198c0de-7a3b-7c4d-8e5f-0123456789ab.",
                "Indiquez l'identifiant que la plateforme a répondu, par exemple 0198c0de-7a3b-7c4d-8e5f-0123456789ab.")));
        return null;
    }

    /// <summary>The same where the field may be left empty, which is null without a violation.</summary>
    public static Guid? ReadOptional(string field, string text, ICollection<FieldViolation> violations) =>
        text.Length == 0 ? null : Read(field, text, violations);
}
