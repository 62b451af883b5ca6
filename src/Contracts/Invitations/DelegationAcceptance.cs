using Delegation.Contracts.Organizations;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Invitations;

/// <summary>
/// Decides whether an organisation may accept the delegation that a code of it stands for. Whoever asks holds the code, and so learns nothing
/// here that the preview does not tell.
/// </summary>
internal static class DelegationAcceptance
{
    private static readonly LocalizedText OtherSide = new(
        "The organisation that invites is on the same side of delegations as yours: a delegation has an insurer and a delegate.",
        "L'organisme qui invite est du même côté que le vôtre : une délégation réunit un assureur et un délégataire.");

    private static readonly LocalizedText OtherSiren = new(
        "The organisation that is invited has another SIREN than yours. Act for that organisation, or ask the inviter to correct the draft.",
        "L'organisme invité a un autre SIREN que le vôtre. Agissez pour cet organisme, ou demandez à l'organisme qui invite de corriger son projet.");

    private static readonly LocalizedText NumberHeld = new(
        "A contract number in this draft belongs to another delegation of yours. Ask the delegate to correct the draft.",
        "Un numéro de contrat de ce projet appartient à une autre de vos délégations. Demandez au délégataire de corriger son projet.");

    public static Outcome<HeldInvitation> Decide(HeldInvitation invitation, OrganizationRow invitee)
    {
        if (OrganizationKinds.SideOf(invitation.InviterKind) == OrganizationKinds.SideOf(invitee.Kind))
            return new Outcome<HeldInvitation>.Refused("INVITATION_FOR_OTHER_SIDE", OtherSide);

        return invitation.Siren == invitee.Siren
            ? new Outcome<HeldInvitation>.Accepted(invitation)
            : new Outcome<HeldInvitation>.Refused("INVITATION_FOR_OTHER_SIREN", OtherSiren);
    }

    /// <summary>The numbers in the draft of a delegate are first compared with the insurer's when it accepts.</summary>
    public static Outcome<T> ContractNumberHeld<T>() => new Outcome<T>.Refused("CONTRACT_NUMBER_HELD", NumberHeld);
}
