using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Local;

/// <summary>When a resource ends, looks at the health of all others at once: it may have been theirs.</summary>
internal sealed class HealthEcho(IReadOnlyList<ResourceRunner> runners, ResourceNotificationService notifications)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(cancellationToken))
            {
                if (ResourceNotificationService.HasEnded(change.Snapshot))
                {
                    foreach (var runner in runners.Where(runner => runner.Resource != change.Resource))
                    {
                        runner.Health.LookNow();
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application stops.
        }
    }
}
