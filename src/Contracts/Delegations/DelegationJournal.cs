using Delegation.Contracts.Contacts;
using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Google.Protobuf;
using Npgsql;

namespace Delegation.Contracts.Delegations;

/// <summary>What the journal says of delegations.</summary>
internal static class DelegationJournal
{
    private const string ObjectType = "delegation";

    /// <summary>
    /// Writes the entry of a delegation that <c>open_delegation</c> opened in this transaction, and what it waits for. The caller is one of its two parties, with
    /// its side.
    /// </summary>
    /// <returns>The delegation as it is since.</returns>
    public static async Task<V1.Delegation> AppendDelegationOpenedAsync(
        this TenantSession session, Guid delegationId, TimeProvider clock, CancellationToken cancellationToken)
    {
        var row = await session.FindDelegationAsync(delegationId, cancellationToken)
            ?? throw new InvalidOperationException("The delegation was not opened, or not with the organisation that the caller acts for.");
        var delegation = row.ToMessage();
        await session.AppendAsync(OfBoth(row, new DelegationOpened { Delegation = delegation }), clock, cancellationToken);
        await session.OpenContactsWorkAsync(row, clock, cancellationToken);

        return delegation;
    }

    /// <summary>Says that a draft was made or changed, to its inviter.</summary>
    public static JournalEvent Drafted(DelegationRow draft) => OfInviter(draft, draft.Revision, new DelegationDrafted { Delegation = draft.ToMessage() });

    /// <summary>Says that a draft is gone, to its inviter. That counts as a revision more.</summary>
    public static JournalEvent Withdrawn(DelegationRow draft) => OfInviter(draft, draft.Revision + 1, new DelegationWithdrawn { Delegation = draft.ToMessage() });

    /// <summary>Says to both parties that an open delegation changed.</summary>
    public static JournalEvent Updated(DelegationRow row) => OfBoth(row, new DelegationUpdated { Delegation = row.ToMessage() });

    /// <summary>Says to both parties that the end of an open delegation changed its state.</summary>
    public static JournalEvent EndChanged(DelegationRow row) => OfBoth(row, new ExitDelegationChanged { Delegation = row.ToMessage() });

    // Without a delegation: there is none that others could belong to.
    private static JournalEvent OfInviter(DelegationRow draft, long revision, IMessage happened) => new(
        draft.OwnerId, DelegationId: null, DelegateId: null, Visibility.Both, ObjectType, draft.Id, revision, happened);

    private static JournalEvent OfBoth(DelegationRow row, IMessage happened) => new(
        row.OwnerId, row.Id, row.DelegateId, Visibility.Both, ObjectType, row.Id, row.Revision, happened);

    /// <summary>
    /// True when <c>open_delegation</c> refused because a contract number in the draft of a delegate belongs to another delegation of the
    /// insurer, which alone may be told so.
    /// </summary>
    public static bool IsContractNumberHeld(this PostgresException refusal) => refusal.ConstraintName == "one_delegation_a_day";
}
