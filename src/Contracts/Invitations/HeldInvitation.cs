using Delegation.Contracts.Organizations;
using Delegation.Contracts.V1;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Contracts.Invitations;

/// <summary>What a code stands for, as its holder finds it: an invitation that can be redeemed, and who invites.</summary>
internal sealed record HeldInvitation(
    Guid OwnerId, Guid InvitationId, string Kind, string Email, string DisplayName, string Roles, Guid? DelegationId, string LegalName, string Siren,
    DateTime ExpireTime, long Revision, string InviterKind, string InviterLegalName, string InviterSiren)
{
    public InvitationPreview ToPreview() => new()
    {
        Kind = InvitationRow.KindOf(Kind),
        InviterLegalName = InviterLegalName,
        InviterSiren = InviterSiren,
        InviterKind = OrganizationKinds.FromCode(InviterKind),
        Roles = { InvitationRow.RolesOf(Roles) },
        LegalName = LegalName,
        Siren = Siren,
        ExpireTime = Timestamp.FromDateTime(ExpireTime),
    };

    // The generated text would put names and addresses into whatever prints a row.
    public override string ToString() => InvitationId.ToString();
}
