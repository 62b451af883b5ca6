using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using Google.Protobuf;

namespace Delegation.Contracts.Members;

/// <summary>What the journal says of members. Names and addresses stay out of it: every service keeps the journal.</summary>
internal static class MemberJournal
{
    /// <summary>Somebody belongs to the organisation, or has other roles in it.</summary>
    public static JournalEvent Granted(MemberRow member, Side side) => Entry(member, member.Revision, new MembershipGranted
    {
        Issuer = member.Issuer,
        Subject = member.Subject,
        PersonId = member.PersonId.ToString(),
        Roles = { member.RolesOfTheContract },
        Side = side,
    });

    private static JournalEvent Entry(MemberRow member, long revision, IMessage happened) => new(
        member.OwnerId, DelegationId: null, DelegateId: null, Visibility.Both, "member", member.MemberId, revision, happened);
}
