using Delegation.Delivery.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Time;
using Npgsql;
using Client = Delegation.Journal.V1.Journal.JournalClient;
using Commitments = Delegation.Delivery.V1.PeriodAssessment.Types.Commitments;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>
/// Lets a breach that Reporting told take effect at once, a commitment that was missed or a report that came late: the operational committee meets more often
/// by its rule, the executive one when breaches are repeated, and the breach is on their next agenda. All breaches of one period are one piece of news.
/// </summary>
internal sealed class BreachFollower(
    Client reporting, [FromKeyedServices(SystemSessions.ConnectionName)] NpgsqlDataSource dataSource, TimeProvider clock, ILogger<BreachFollower> logger)
    : JournalFollower("reporting.breaches", reporting, dataSource, clock, logger)
{
    private readonly TimeProvider _clock = clock;

    /// <inheritdoc/>
    protected override async Task ApplyAsync(SealedEntry entry, SystemSession session, CancellationToken cancellationToken)
    {
        var told = entry.Entry;
        if (Breach.Of(told) is { } breach)
        {
            var news = await session.SaveBreachAsync(told, breach, cancellationToken);
            if (news.IsFirst)
                await TightenAsync(told, session, breach, news, cancellationToken);
        }
        else if ((told.EventAs<MeasureResolved>()?.Measure ?? told.EventAs<MeasureSuperseded>()?.Measure) is not null)
        {
            await session.EndBreachAsync(told, cancellationToken);
        }
    }

    private async Task TightenAsync(JournalEntry told, SystemSession session, Breach breach, BreachNews news, CancellationToken cancellationToken)
    {
        foreach (var committee in await session.LockCommitteesAsync(told.OwnerId, told.DelegationId!.Value, cancellationToken))
            if (committee.IsInRun && committee.FollowsBreaches)
            {
                // Whether it is repeated is told by the periods that were measured, and not by how often minutes spoke of breaches.
                var before = committee.InRun with { BreachesInARow = news.FollowsAnother ? Math.Max(1, committee.BreachesInARow) : 0 };
                var after = committee.Rule.After(before, new PeriodAssessment { Commitments = Commitments.BeyondTolerance });
                if (after.Reason == CadenceReason.BreachBeyondTolerance)
                    after = after with { Reason = breach.Reason };
                await session.SaveAsync(committee.With(after, _clock.GetUtcNow().InMicroseconds()), _clock, cancellationToken);
            }
    }
}
