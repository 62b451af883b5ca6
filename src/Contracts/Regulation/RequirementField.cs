using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Regulation;

/// <summary>The id of a requirement in a request.</summary>
internal static class RequirementField
{
    /// <summary>The requirement, or null with a violation (<c>REQUIREMENT_UNKNOWN</c>).</summary>
    public static Requirement? Read(string field, string id, ICollection<FieldViolation> violations)
    {
        if (RequirementCatalogue.Find(id) is { } requirement)
            return requirement;

        violations.Add(new(
            field, "REQUIREMENT_UNKNOWN", new("There is no requirement with this id.", "Aucune exigence n'a cet identifiant."),
            new("Choose one from the list of requirements, as SII-274-4-D.", "Choisissez-en une dans la liste des exigences, par exemple SII-274-4-D.")));
        return null;
    }
}
