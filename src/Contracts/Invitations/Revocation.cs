using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Contracts.Invitations;

/// <summary>Decides whether an invitation can be taken back.</summary>
internal static class Revocation
{
    private static readonly LocalizedText NotPending = new(
        "This invitation was accepted, revoked or has expired: there is nothing to take back.",
        "Cette invitation a été acceptée, révoquée ou a expiré : il n'y a plus rien à révoquer.");

    public static Outcome<InvitationRow> Decide(InvitationRow invitation, DateTimeOffset now) => invitation.StateAt(now) == Invitation.Types.State.Pending
        ? new Outcome<InvitationRow>.Accepted(
            invitation with { State = InvitationRow.Revoked, EndTime = now.InMicroseconds(), Revision = invitation.Revision + 1 })
        : new Outcome<InvitationRow>.Refused("INVITATION_NOT_PENDING", NotPending);
}
