using Delegation.Access.V1;
using Delegation.Contracts.Contacts;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.Organizations;
using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Onboarding;

/// <summary>Reads what a checklist is made from: four statements at most.</summary>
internal static class FactStore
{
    public static async Task<Outcome<OrganizationFacts>> FindOrganizationFactsAsync(this TenantSession session, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT role, count(*) AS members FROM member CROSS JOIN unnest(roles) AS role WHERE owner_id = @OrganizationId GROUP BY role";

        var organization = await session.FindOrganizationAsync(session.Caller.OrganizationId, cancellationToken);
        return await organization.ThenAsync<OrganizationFacts>(async found =>
        {
            var members = await session.QueryAsync<(string Role, long Members)>(Sql, new { session.Caller.OrganizationId }, cancellationToken);
            return new Outcome<OrganizationFacts>.Accepted(new OrganizationFacts(
                found.ToMessage(), members.ToDictionary(row => RoleCodes.TryParse(row.Role, out var role) ? role : Role.Unspecified, row => row.Members)));
        });
    }

    /// <summary>A delegation or draft of the caller's organisation, with the contacts of both sides as they are on a day.</summary>
    public static async Task<Outcome<DelegationFacts>> FindDelegationFactsAsync(
        this TenantSession session, Guid delegationId, DateOnly today, CancellationToken cancellationToken)
    {
        var delegation = DelegationQueries.Found(await session.FindDelegationAsync(delegationId, cancellationToken));
        return await delegation.ThenAsync<DelegationFacts>(async found =>
        {
            var contacts = (await session.FindContactsAsync(delegationId, cancellationToken)).ToMessage(delegationId, today);
            var (own, other) = session.Caller.Side == Side.Insurer ? (contacts.Insurer, contacts.Delegate) : (contacts.Delegate, contacts.Insurer);
            return new Outcome<DelegationFacts>.Accepted(new DelegationFacts(found.ToMessage(), own, other));
        });
    }
}
