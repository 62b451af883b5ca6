using Delegation.Delivery.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Time;
using State = Delegation.Delivery.V1.GateOverride.Types.State;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>An override expires when its end day is over: it covers nothing any more, and both sides are told to settle or to prolong it.</summary>
internal sealed class OverrideExpiry(TimeProvider clock) : IDueWork
{
    /// <inheritdoc/>
    public string Kind => "override.expiry";

    public Task AwaitAsync(TenantSession session, OverrideRow confirmed, CancellationToken cancellationToken) =>
        session.ScheduleAsync(Kind, confirmed.OwnerId, confirmed.DelegationId, confirmed.Id, ParisDays.EndOf(confirmed.EndDay), cancellationToken);

    public Task ForgetAsync(TenantSession session, OverrideRow ended, CancellationToken cancellationToken) =>
        session.CancelScheduledAsync(Kind, ended.OwnerId, ended.DelegationId, ended.Id, cancellationToken);

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await session.LockOverrideAsync(item.OwnerId, item.ObjectId, cancellationToken) is not { In: State.InForce } open || open.HoldsOn(ParisDays.DayAt(now)))
            return;

        var expired = open.Ended(State.Expired, now);
        await session.UpdateOverrideAsync(expired, cancellationToken);
        var told = new OverrideEnded { Override = expired.ToMessage(language: null) };
        await session.AppendAsync(expired.Parties.Entry(GateWork.OverrideType, expired.Id, expired.Revision, told), clock, cancellationToken);
        await session.KeepOverrideWorkAsync(expired, clock, cancellationToken);
    }
}
