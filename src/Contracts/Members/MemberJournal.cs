using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using Google.Protobuf;

namespace Delegation.Contracts.Members;

/// <summary>What the journal says of members. Names and addresses stay out of it: every service keeps the journal.</summary>
internal static class MemberJournal
{
    /// <summary>Somebody belongs to the organisation, or has other roles in it.</summary>
    public static JournalEvent Granted(MemberRow member, Side side) => Entry(member, new MembershipGranted
    {
        Issuer = member.Issuer,
        Subject = member.Subject,
        PersonId = member.PersonId.ToString(),
        Roles = { member.RolesOfTheContract },
        Side = side,
    });

    /// <summary>Somebody changed their own particulars, which are read where they can be corrected.</summary>
    public static JournalEvent Updated(MemberRow member) => Entry(member, new MemberUpdated());

    /// <summary>Somebody does not belong to the organisation any more; the revision is the one after the last.</summary>
    public static JournalEvent Ended(MemberRow member) => Entry(member, new MembershipEnded
    {
        Issuer = member.Issuer,
        Subject = member.Subject,
        PersonId = member.PersonId.ToString(),
    });

    private static JournalEvent Entry(MemberRow member, IMessage happened) => new(
        member.OwnerId, DelegationId: null, DelegateId: null, Visibility.Both, "member", member.MemberId, member.Revision, happened);
}
