using Delegation.Contracts.Organizations;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Delegations;

/// <summary>An organisation as somebody else knows it, by legal name and SIREN. Whether it is on the platform does not matter, and is not looked up.</summary>
internal static class NamedOrganization
{
    /// <summary>Reads <c>legal_name</c> and <c>siren</c> of a message; empty where there are violations.</summary>
    public static (string LegalName, string Siren) Read(string path, string legalName, string siren, ICollection<FieldViolation> violations)
    {
        if (!LegalName.TryParse(legalName, out var name, out var violation))
            violations.Add(violation with { Field = $"{path}.{violation.Field}" });

        if (!Siren.TryParse(siren, out var number, out violation))
            violations.Add(violation with { Field = $"{path}.{violation.Field}" });

        return (name, number.Digits ?? "");
    }
}
