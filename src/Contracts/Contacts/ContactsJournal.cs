using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;

namespace Delegation.Contracts.Contacts;

/// <summary>What the journal says of contacts: who they are and when they are away, and nothing by which to reach them.</summary>
internal static class ContactsJournal
{
    public static JournalEvent Changed(DelegationRow delegation, Side side, SideContacts named, IReadOnlyList<Reachable> members, ContactsRow contacts) => new(
        delegation.OwnerId,
        delegation.Id,
        delegation.DelegateId,
        Visibility.Both,
        "delegation_contacts",
        contacts.ContactsId,
        contacts.Revision,
        new ContactsChanged
        {
            Side = side,
            MainMemberId = named.Main.MemberId,
            MainPersonId = PersonId(named.Main, members),
            MainAbsences = { named.Main.Absences },
            DeputyMemberId = named.Deputy?.MemberId ?? "",
            DeputyPersonId = named.Deputy is null ? "" : PersonId(named.Deputy, members),
            DeputyAbsences = { named.Deputy?.Absences ?? [] },
        });

    private static string PersonId(Contact contact, IReadOnlyList<Reachable> members) =>
        members.Single(member => member.MemberId.ToString() == contact.MemberId).PersonId.ToString();
}
