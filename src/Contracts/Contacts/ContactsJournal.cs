using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;

namespace Delegation.Contracts.Contacts;

/// <summary>What the journal says of contacts: who they are, and nothing by which to reach them.</summary>
internal static class ContactsJournal
{
    public static JournalEvent Changed(DelegationRow delegation, Side side, SideContacts named, ContactsRow contacts) => new(
        delegation.OwnerId,
        delegation.Id,
        delegation.DelegateId,
        Visibility.Both,
        "delegation_contacts",
        contacts.ContactsId,
        contacts.Revision,
        new ContactsChanged { Side = side, MainMemberId = named.Main.MemberId, DeputyMemberId = named.Deputy?.MemberId ?? "" });
}
