using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;

namespace Delegation.Contracts.Contacts;

/// <summary>An open delegation waits for each side to name its contacts.</summary>
internal static class ContactsWork
{
    /// <summary>Opens it for both sides, when the delegation opens.</summary>
    public static async Task OpenContactsWorkAsync(this TenantSession session, DelegationRow delegation, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var side in new[] { Side.Insurer, Side.Delegate })
            await session.OpenWorkItemAsync(ToName(delegation, side), clock, cancellationToken);
    }

    /// <summary>Opens it for the caller's side where somebody is contact who has just left it.</summary>
    public static async Task OpenContactsWorkAfterAsync(this TenantSession session, Guid memberId, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var delegation in await session.LockDelegationsOfContactAsync(memberId, cancellationToken))
            await session.OpenWorkItemAsync(ToName(delegation, session.Caller.Side), clock, cancellationToken);
    }

    /// <summary>Closes it for the caller's side, which named them.</summary>
    public static Task CloseContactsWorkAsync(this TenantSession session, DelegationRow delegation, TimeProvider clock, CancellationToken cancellationToken) =>
        session.CloseWorkItemAsync(Key(delegation, session.Caller.Side), clock, cancellationToken);

    private static WorkItemKey Key(DelegationRow delegation, Side side) => new("contacts.name", "delegation", delegation.Id, side);

    private static OpenWork ToName(DelegationRow delegation, Side side) => new(
        Key(delegation, side),
        delegation.OwnerId,
        delegation.Id,
        delegation.DelegateId!.Value,
        new($"Name your contacts for {delegation.Title}", $"Désigner vos interlocuteurs pour {delegation.Title}"))
    {
        Roles = [Role.Administrator, Role.DelegationManager],
    };
}
