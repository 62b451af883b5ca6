using Delegation.Contracts.Members;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Invitations;

/// <summary>The invitations of the organisation that a session acts for.</summary>
internal static class InvitationStore
{
    // Those into the organisation are for administrators to see.
    private const string Select =
        """
        SELECT owner_id AS ownerid, invitation_id AS invitationid, kind, email, display_name AS displayname, array_to_string(roles, ',') AS roles,
               delegation_id AS delegationid, legal_name AS legalname, siren, state, create_time AS createtime, expire_time AS expiretime,
               end_time AS endtime, revision
        FROM invitation
        WHERE owner_id = @organization AND (kind = 'delegation' OR @administrator)
        """;

    public static readonly LocalizedText Unknown = new("There is no such invitation, or it cannot be accepted any more.", "Cette invitation n'existe pas, ou ne peut plus être acceptée.");

    public static Task InsertInvitationAsync(this TenantSession session, InvitationRow invitation, InvitationCode code, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO invitation (owner_id, invitation_id, kind, code_digest, email, display_name, roles, delegation_id, legal_name, siren, state,
                                    create_time, expire_time, revision)
            VALUES (@OwnerId, @InvitationId, @Kind, @Digest, @Email, @DisplayName, string_to_array(@Roles, ','), @DelegationId, @LegalName, @Siren, @State,
                    @CreateTime, @ExpireTime, @Revision)
            """;

        return session.ExecuteAsync(
            Sql,
            new
            {
                invitation.OwnerId, invitation.InvitationId, invitation.Kind, code.Digest, invitation.Email, invitation.DisplayName, invitation.Roles,
                invitation.DelegationId, invitation.LegalName, invitation.Siren, invitation.State, invitation.CreateTime, invitation.ExpireTime, invitation.Revision,
            },
            cancellationToken);
    }

    /// <summary>Ids of version 7 sort by time.</summary>
    public static Task<IReadOnlyList<InvitationRow>> ListInvitationsAsync(this TenantSession session, PageRequest page, CancellationToken cancellationToken) =>
        session.QueryAsync<InvitationRow>(
            $"{Select} AND invitation_id > @after ORDER BY invitation_id LIMIT @Limit",
            new { organization = session.Caller.OrganizationId, administrator = IsAdministrator(session), after = page.After?.Id ?? Guid.Empty, page.Limit },
            cancellationToken);

    /// <summary>An invitation, which nobody redeems or changes before the session ends.</summary>
    public static async Task<Outcome<InvitationRow>> LockInvitationAsync(this TenantSession session, Guid id, CancellationToken cancellationToken) =>
        await session.FindAsync<InvitationRow>(
            $"{Select} AND invitation_id = @id FOR UPDATE",
            new { organization = session.Caller.OrganizationId, administrator = IsAdministrator(session), id },
            cancellationToken) is { } invitation
            ? new Outcome<InvitationRow>.Accepted(invitation)
            : new Outcome<InvitationRow>.NotFound("INVITATION_NOT_FOUND", Unknown);

    public static Task EndInvitationAsync(this TenantSession session, InvitationRow invitation, CancellationToken cancellationToken) => session.ExecuteAsync(
        "UPDATE invitation SET state = @State, end_time = @EndTime, revision = @Revision WHERE owner_id = @OwnerId AND invitation_id = @InvitationId",
        new { invitation.State, invitation.EndTime, invitation.Revision, invitation.OwnerId, invitation.InvitationId },
        cancellationToken);

    private static bool IsAdministrator(TenantSession session) => session.Caller.Roles.Contains(MemberRoles.Administrator);
}
