namespace Delegation.ProjectDelivery.WorkList;

/// <summary>An organisation that a person belongs to.</summary>
/// <param name="OrganizationId">The organisation.</param>
/// <param name="Roles">The codes of the person's roles there, with commas between them.</param>
internal sealed record Membership(Guid OrganizationId, string Roles);
