using Delegation.Access.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Persistence.Access;

/// <summary>Decides whether a member may call, and for which of their organisations. No answer tells what a caller does not belong to.</summary>
internal static class Admission
{
    private static readonly LocalizedText NoMembership = new(
        "You do not belong to an organisation for which you could make this call.",
        "Vous n'appartenez à aucun organisme pour lequel vous pourriez faire cet appel.");

    private static readonly LocalizedText Choose = new(
        "You belong to several organisations: name the one you act for in the metadata `organization`.",
        "Vous appartenez à plusieurs organismes : indiquez celui pour lequel vous agissez dans la métadonnée `organization`.");

    private static readonly LocalizedText ChooseMission = new(
        "Several of your audit missions are open: name the one that you read for in the metadata `audit-mission`.",
        "Plusieurs de vos missions d'audit sont ouvertes : indiquez celle pour laquelle vous consultez dans la métadonnée `audit-mission`.");

    private static readonly LocalizedText OtherRole = new(
        "Your roles in this organisation do not include one that may make this call. An administrator of the organisation can change them.",
        "Vos rôles dans cet organisme n'en comprennent aucun qui puisse faire cet appel. Un administrateur de l'organisme peut les modifier.");

    private static readonly LocalizedText OtherSide = new(
        "This call is for the other side of a delegation.",
        "Cet appel est réservé à l'autre partie d'une délégation.");

    /// <summary>Who calls, for the organisation named by its id, or for the only one.</summary>
    /// <param name="rule">The rule of the rpc; it lets in members.</param>
    /// <param name="memberships">All of the person's; those of an auditor count for nothing here.</param>
    /// <param name="organization">What the caller named; null for nothing.</param>
    /// <exception cref="Grpc.Core.RpcException">
    /// PERMISSION_DENIED (MEMBERSHIP_REQUIRED, ROLE_REQUIRED, SIDE_REQUIRED), FAILED_PRECONDITION (ORGANIZATION_REQUIRED).
    /// </exception>
    public static Caller Admit(AccessRule rule, IReadOnlyList<Membership> memberships, string? organization)
    {
        var membership = Chosen(memberships, organization);
        if (!rule.AnyRole && !rule.Roles.Any(role => membership.Roles.Contains(role.Code())))
            throw RpcErrors.PermissionDenied("ROLE_REQUIRED", OtherRole);
        if (rule.Side != Side.Either && rule.Side != membership.Side)
            throw RpcErrors.PermissionDenied("SIDE_REQUIRED", OtherSide);

        return new Caller(membership.OrganizationId, membership.PersonId, membership.Roles) { Side = membership.Side };
    }

    private static Membership Chosen(IReadOnlyList<Membership> memberships, string? organization)
    {
        Membership[] candidates = [.. Named(memberships, organization).Where(membership => !membership.IsAuditor)];
        return candidates.Length switch
        {
            0 => throw RpcErrors.PermissionDenied("MEMBERSHIP_REQUIRED", NoMembership),
            1 => candidates[0],
            _ => throw RpcErrors.FailedPrecondition("ORGANIZATION_REQUIRED", Choose),
        };
    }

    /// <summary>The one mission that an auditor reads for; null for none.</summary>
    /// <exception cref="Grpc.Core.RpcException">FAILED_PRECONDITION (AUDIT_MISSION_REQUIRED).</exception>
    public static AuditReading? Chosen(IReadOnlyList<AuditReading> open) =>
        open.Count > 1 ? throw RpcErrors.FailedPrecondition("AUDIT_MISSION_REQUIRED", ChooseMission) : open.Count == 1 ? open[0] : null;

    /// <summary>The memberships that a call may be meant for. What is no id is nobody's, and is answered like an id of somebody else's.</summary>
    public static IEnumerable<Membership> Named(IReadOnlyList<Membership> memberships, string? organization) =>
        organization is null ? memberships
        : Guid.TryParseExact(organization, "D", out var id) ? memberships.Where(membership => membership.OrganizationId == id)
        : [];
}
