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
    /// Writes the entry of a delegation that <c>open_delegation</c> opened in this transaction. The caller is one of its two parties, with
    /// its side.
    /// </summary>
    /// <returns>The delegation as it is since.</returns>
    public static async Task<V1.Delegation> AppendDelegationOpenedAsync(
        this TenantSession session, Guid delegationId, TimeProvider clock, CancellationToken cancellationToken)
    {
        var row = await session.FindDelegationAsync(delegationId, cancellationToken)
            ?? throw new InvalidOperationException("The delegation was not opened, or not with the organisation that the caller acts for.");
        var delegation = row.ToMessage();
        await session.AppendSharedAsync(row, new DelegationOpened { Delegation = delegation }, clock, cancellationToken);

        return delegation;
    }

    /// <summary>Writes an entry that both parties see.</summary>
    public static Task AppendSharedAsync(
        this TenantSession session, DelegationRow row, IMessage happened, TimeProvider clock, CancellationToken cancellationToken) =>
        session.AppendAsync(
            new JournalEvent(row.InsurerId!.Value, row.Id, row.DelegateId, Visibility.Both, ObjectType, row.Id, row.Revision, happened), clock, cancellationToken);

    /// <summary>
    /// True when <c>open_delegation</c> refused because a contract number in the draft of a delegate belongs to another delegation of the
    /// insurer, which alone may be told so.
    /// </summary>
    public static bool IsContractNumberHeld(this PostgresException refusal) => refusal.ConstraintName == "one_delegation_a_day";
}
