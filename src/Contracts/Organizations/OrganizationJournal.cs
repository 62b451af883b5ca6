using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using Google.Protobuf;

namespace Delegation.Contracts.Organizations;

/// <summary>What the journal says of organisations.</summary>
internal static class OrganizationJournal
{
    public static JournalEvent Registered(OrganizationRow organization) =>
        Entry(organization, new OrganizationRegistered { Organization = organization.ToMessage() });

    public static JournalEvent Updated(OrganizationRow organization) =>
        Entry(organization, new OrganizationUpdated { Organization = organization.ToMessage() });

    private static JournalEvent Entry(OrganizationRow organization, IMessage happened) => new(
        organization.Id, DelegationId: null, DelegateId: null, Visibility.Both, "organization", organization.Id, organization.Revision, happened);
}
