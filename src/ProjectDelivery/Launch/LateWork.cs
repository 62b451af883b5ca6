using Delegation.Access.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Launch;

/// <summary>A late action stands on the work list of its owner. This follows each change of an action, and the clock.</summary>
internal sealed class LateWork(TimeProvider clock) : IDueWork
{
    private const string WorkItemKind = "action.complete";

    /// <inheritdoc/>
    public string Kind => "action.late";

    /// <summary>
    /// After an action changed: schedules, opens and closes what follows from it. The schedule first: where the work that is due runs at this
    /// moment, this waits for it, and then sees what it opened.
    /// </summary>
    public async Task FollowAsync(TenantSession session, ActionRow action, CancellationToken cancellationToken)
    {
        var late = Lateness.IsLate(action.State, action.DueDay, clock.GetUtcNow());
        if (!late && Lateness.BeginsAt(action.State, action.DueDay) is { } begins)
            await session.ScheduleAsync(Kind, action.OwnerId, action.DelegationId, action.Id, begins, cancellationToken);
        else
            await session.CancelScheduledAsync(Kind, action.OwnerId, action.DelegationId, action.Id, cancellationToken);

        foreach (var side in new[] { Side.Insurer, Side.Delegate })
            if (!late || side != action.Owner.Side)
                await session.CloseWorkItemAsync(Key(action, side), clock, cancellationToken);

        if (late)
            await session.OpenWorkItemAsync(Work(action), clock, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        var action = await session.FindActionAsync(item.OwnerId, item.ObjectId, cancellationToken);
        if (action is not null && Lateness.IsLate(action.State, action.DueDay, clock.GetUtcNow()))
            await session.OpenWorkItemAsync(Work(action), clock, cancellationToken);
    }

    private static WorkItemKey Key(ActionRow action, Side side) => new(WorkItemKind, "action", action.Id, side);

    private static OpenWork Work(ActionRow action)
    {
        var owner = action.Owner;
        var title = new LocalizedText($"Late in {action.ProjectName}: {action.Title}", $"En retard dans {action.ProjectName} : {action.Title}");
        return new OpenWork(Key(action, owner.Side), action.OwnerId, action.DelegationId, action.DelegateId, title)
        {
            Roles = owner.Role == Role.Unspecified ? [] : [owner.Role],
            PersonId = action.PersonId,
            DueDay = action.DueDay,
        };
    }
}
