using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Contracts.Invitations;

/// <summary>What the journal says of invitations: neither codes nor names and addresses.</summary>
internal static class InvitationJournal
{
    public static JournalEvent Created(InvitationRow invitation) => OfInviter(invitation, new InvitationCreated
    {
        Kind = InvitationRow.KindOf(invitation.Kind),
        Roles = { InvitationRow.RolesOf(invitation.Roles) },
        DelegationId = invitation.DelegationId?.ToString() ?? "",
        ExpireTime = Timestamp.FromDateTime(invitation.ExpireTime),
    });

    public static JournalEvent Revoked(InvitationRow invitation) => OfInviter(invitation, new InvitationRevoked());

    /// <summary>The inviter has a new member.</summary>
    public static JournalEvent AcceptedByMember(HeldInvitation invitation) => new(
        invitation.OwnerId, DelegationId: null, DelegateId: null, Visibility.Both, "invitation", invitation.InvitationId, invitation.Revision + 1,
        new InvitationAccepted { Kind = Invitation.Types.Kind.Member });

    /// <summary>A delegation is open: the entry is of both parties, since the one that acts is not the one that invited.</summary>
    public static JournalEvent AcceptedByCounterpart(HeldInvitation invitation, V1.Delegation opened) => new(
        Guid.Parse(opened.Insurer.OrganizationId), invitation.DelegationId, Guid.Parse(opened.Delegate.OrganizationId), Visibility.Both, "invitation",
        invitation.InvitationId, invitation.Revision + 1, new InvitationAccepted { Kind = Invitation.Types.Kind.Delegation });

    private static JournalEvent OfInviter(InvitationRow invitation, IMessage happened) => new(
        invitation.OwnerId, DelegationId: null, DelegateId: null, Visibility.Both, "invitation", invitation.InvitationId, invitation.Revision, happened);
}
