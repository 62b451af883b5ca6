using Delegation.Access.V1;

namespace Delegation.Persistence.Tenancy;

/// <summary>For whom and as what somebody calls.</summary>
/// <param name="OrganizationId">The organisation that the call acts for; what it may see decides what the database shows.</param>
/// <param name="PersonId">The person who calls.</param>
/// <param name="Roles">The roles that the person has in that organisation; the database knows nothing of them.</param>
public sealed record Caller(Guid OrganizationId, Guid PersonId, IReadOnlySet<string> Roles)
{
    /// <summary>The side of the organisation in its delegations; unspecified for whoever acts for none.</summary>
    public Side Side { get; init; }

    /// <summary>
    /// Set for an auditor, who reads with the eyes of the organisation and sees no more than the mission names; sessions for such a caller can
    /// only read.
    /// </summary>
    public Auditing? Auditing { get; init; }

    /// <summary>
    /// Somebody who belongs to no organisation yet. Their data, such as the answers kept for their retries, is apart from everybody
    /// else's: no organisation has a person's id.
    /// </summary>
    public static Caller WithoutOrganization(Guid personId) => new(personId, personId, new HashSet<string>());
}
