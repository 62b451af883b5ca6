using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Organizations;

/// <summary>Reads the id of an organisation from a request.</summary>
internal static class OrganizationId
{
    private static readonly FieldViolation Malformed = new(
        "organization_id",
        "ORGANIZATION_ID_MALFORMED",
        new("This is not the id of an organisation.", "Ceci n'est pas l'identifiant d'un organisme."),
        new("Give the `id` that the platform answered, as in 0198c0de-7a3b-7c4d-8e5f-0123456789ab.",
            "Indiquez l'`id` que la plateforme a répondu, par exemple 0198c0de-7a3b-7c4d-8e5f-0123456789ab."));

    public static Outcome<Guid> Parse(string text) => Guid.TryParseExact(text, "D", out var id)
        ? new Outcome<Guid>.Accepted(id)
        : new Outcome<Guid>.Invalid(Malformed);
}
