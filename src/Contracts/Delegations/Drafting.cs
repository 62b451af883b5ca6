using Delegation.Access.V1;
using Delegation.Contracts.Organizations;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Contracts.Delegations;

/// <summary>
/// Decides on a draft. It depends on the request and on the caller's own organisation: whether the counterpart is on the platform must not
/// show here.
/// </summary>
internal static class Drafting
{
    public static Outcome<DelegationRow> Decide(CreateDelegationRequest command, OrganizationRow own, Guid id, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        var terms = DelegationTerms.Of(command, violations);
        if (command.Counterpart is null)
            violations.Add(DelegationTerms.CounterpartRequired);

        if (violations.Count > 0)
            return new Outcome<DelegationRow>.Invalid(violations);

        var drafted = OrganizationKinds.SideOf(own.Kind) == Side.Insurer
            ? Draft(terms, id, now) with { InsurerId = own.Id, InsurerLegalName = own.LegalName, InsurerSiren = own.Siren }
            : Draft(terms, id, now) with { DelegateId = own.Id, DelegateLegalName = own.LegalName, DelegateSiren = own.Siren };
        return new Outcome<DelegationRow>.Accepted(drafted);
    }

    // The counterpart on both sides; one of them gives way to the caller's organisation.
    private static DelegationRow Draft(DelegationTerms terms, Guid id, DateTimeOffset now) => new(
        id,
        DelegationRow.Draft,
        terms.Title,
        InsurerId: null,
        terms.CounterpartLegalName,
        terms.CounterpartSiren,
        DelegateId: null,
        terms.CounterpartLegalName,
        terms.CounterpartSiren,
        terms.ReferenceData.ToString(),
        terms.PlannedStartDay is { } day ? DayField.Write(day) : null,
        now.InMicroseconds(),
        now.InMicroseconds(),
        Revision: 1);
}
