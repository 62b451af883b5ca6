using Delegation.Persistence.DueWork;
using Delegation.Persistence.Tenancy;

namespace Delegation.Persistence.Commands;

/// <summary>Forgets, every hour, the answers that nobody will ask for any more.</summary>
internal sealed class ExpiryOfAnswers(TimeProvider clock) : IDueWork
{
    // A day covers a night's outage of a partner who retries in the morning.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public string Kind => "idempotency.expiry";

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await session.ExecuteAsync("DELETE FROM idempotency WHERE create_time < @before", new { before = now - Kept }, cancellationToken);
        await session.ScheduleAsync(Kind, item.OwnerId, item.ObjectId, now + Every, cancellationToken);
    }
}
