using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Contracts.Organizations;

/// <summary>
/// Decides on the registration of an organisation. It depends on the request alone: whether somebody else claims the same SIREN
/// must not show here, and is settled when one of them proves that it acts for the organisation.
/// </summary>
internal static class Registration
{
    public static Outcome<OrganizationRow> Decide(RegisterOrganizationRequest command, Guid id, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        if (!OrganizationKinds.TryGetCode(command.Kind, out var kind, out var violation))
            violations.Add(violation);

        if (!LegalName.TryParse(command.LegalName, out var legalName, out violation))
            violations.Add(violation);

        if (!Siren.TryParse(command.Siren, out var siren, out violation))
            violations.Add(violation);

        return kind is null || violations.Count > 0
            ? new Outcome<OrganizationRow>.Invalid(violations)
            : new Outcome<OrganizationRow>.Accepted(new OrganizationRow(id, kind, legalName, siren.Digits, now.InMicroseconds()));
    }
}
