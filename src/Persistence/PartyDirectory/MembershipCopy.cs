using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;

namespace Delegation.Persistence.PartyDirectory;

/// <summary>This service's copy of the memberships. A journal tells them in order, so that what came last holds.</summary>
internal static class MembershipCopy
{
    public static Task SaveMembershipAsync(
        this SystemSession session, Guid organizationId, long revision, MembershipGranted granted, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO membership (issuer, subject, organization_id, person_id, roles, side, revision)
            VALUES (@Issuer, @Subject, @organizationId, @personId, @roles, @side, @revision)
            ON CONFLICT (issuer, subject, organization_id) DO UPDATE SET roles = excluded.roles, side = excluded.side, revision = excluded.revision
            """;

        // A role that only a newer release knows stops the follower here, until this service is of that release: dropping it would lose it.
        var roles = granted.Roles.Select(role => role.Code()).ToArray();
        return session.ExecuteAsync(
            Sql,
            new { granted.Issuer, granted.Subject, organizationId, personId = Guid.Parse(granted.PersonId), roles, side = granted.Side.Code(), revision },
            cancellationToken);
    }

    public static Task RemoveMembershipAsync(this SystemSession session, Guid organizationId, MembershipEnded ended, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            "DELETE FROM membership WHERE issuer = @Issuer AND subject = @Subject AND organization_id = @organizationId",
            new { ended.Issuer, ended.Subject, organizationId },
            cancellationToken);
}
