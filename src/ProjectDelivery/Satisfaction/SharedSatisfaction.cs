using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ProjectDelivery.Committees;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Time;

namespace Delegation.ProjectDelivery.Satisfaction;

/// <summary>
/// Lets both sides read what each gave, once both have or the period is over. Without a caller: until then neither may learn from its own call what
/// the other side thinks.
/// </summary>
internal sealed class SharedSatisfaction(TimeProvider clock) : IDueWork
{
    private static readonly Side[] Sides = [Side.Insurer, Side.Delegate];

    /// <inheritdoc/>
    public string Kind => "satisfaction.share";

    /// <summary>Looks at once whether there is something to share.</summary>
    public Task LookAsync(TenantSession session, SideSatisfactionRow given, CancellationToken cancellationToken) =>
        session.ScheduleAsync(Kind, given.OwnerId, given.DelegationId, given.Id, clock.GetUtcNow(), cancellationToken);

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        var given = await session.LockBothAsync(item.OwnerId, item.ObjectId, cancellationToken);
        var period = SatisfactionPeriod.Parse(given[0].Period)!;
        var now = clock.GetUtcNow();
        var isShared = given.Count == Sides.Length || period.End <= now;
        foreach (var satisfaction in given.Where(satisfaction => isShared && satisfaction.ShareTime is null))
        {
            var shared = satisfaction.Share(now.InMicroseconds());
            await session.ShareSatisfactionAsync(shared, cancellationToken);
            await session.AppendAsync(
                shared.Parties.Entry("satisfaction", shared.Id, shared.Revision, new SatisfactionShared { Satisfaction = shared.ToMessage() }), clock, cancellationToken);
        }

        if (!isShared)
            await session.ScheduleAsync(Kind, item.OwnerId, item.ObjectId, period.End, cancellationToken);
        foreach (var side in Sides)
        {
            // Its key is that of the first one given: of the two, the one that this work was scheduled for may be either.
            var key = new WorkItemKey("satisfaction.give", "satisfaction", given.MinBy(satisfaction => satisfaction.GiveTime)!.Id, side);
            if (isShared || given.Any(satisfaction => satisfaction.GivenBy == side))
                await session.CloseWorkItemAsync(key, clock, cancellationToken);
            else
                await session.OpenWorkItemAsync(Work(key, given[0], period), clock, cancellationToken);
        }
    }

    // The other side learns that one was given, and nothing of what is in it.
    private static OpenWork Work(WorkItemKey key, SideSatisfactionRow given, SatisfactionPeriod period) => new(
        key, given.OwnerId, given.DelegationId, given.DelegateId,
        new LocalizedText($"Give your satisfaction for {period.Text}", $"Exprimer votre satisfaction pour {period.Text}"))
    {
        Roles = CadenceChange.Leads,
        DueDay = period.LastDay,
    };
}
