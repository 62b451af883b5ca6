using Delegation.Access.V1;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Launch;

/// <summary>
/// An open action stands on the work list of its owner. It has its due day with it, so that a list tells when it is late; nothing needs to
/// happen on that day.
/// </summary>
internal static class ActionWork
{
    private const string WorkItemKind = "action.complete";

    /// <summary>After an action was added or changed: puts it on the list of its owner, and takes it off all others.</summary>
    public static async Task KeepActionWorkAsync(this DatabaseSession session, ActionRow action, TimeProvider clock, CancellationToken cancellationToken)
    {
        var owner = action.Owner;
        foreach (var side in new[] { Side.Insurer, Side.Delegate })
            if (!action.IsOpen || side != owner.Side)
                await session.CloseWorkItemAsync(Key(action, side), clock, cancellationToken);

        if (action.IsOpen)
            await session.OpenWorkItemAsync(Work(action, owner.Side, owner.Role), clock, cancellationToken);
    }

    private static WorkItemKey Key(ActionRow action, Side side) => new(WorkItemKind, "action", action.Id, side);

    private static OpenWork Work(ActionRow action, Side side, Role role) => new(
        Key(action, side),
        action.OwnerId,
        action.DelegationId,
        action.DelegateId,
        new LocalizedText($"{action.ProjectName}: {action.Title}", $"{action.ProjectName} : {action.Title}"))
    {
        Roles = role == Role.Unspecified ? [] : [role],
        PersonId = action.PersonId,
        DueDay = action.DueDay,
    };
}
