using Delegation.Access.V1;
using Delegation.Contracts.V1;

namespace Delegation.Contracts.Onboarding;

/// <summary>What a checklist of an organisation is made from.</summary>
/// <param name="Organization">The organisation.</param>
/// <param name="Members">How many members have each role; nobody has those that are left out.</param>
internal sealed record OrganizationFacts(Organization Organization, IReadOnlyDictionary<Role, long> Members);

/// <summary>What a checklist of a delegation adds.</summary>
/// <param name="Delegation">The delegation, or a draft.</param>
/// <param name="Own">The contacts of the caller's side.</param>
/// <param name="Other">Those of the other side.</param>
internal sealed record DelegationFacts(V1.Delegation Delegation, SideContacts Own, SideContacts Other);
