using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Local;

/// <summary>Says every few seconds what is still waiting and for what, and what is not healthy and why: nothing hangs silently.</summary>
internal sealed class WaitReporter(IReadOnlyList<ResourceRunner> runners, RunContext run)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                Report();
            }
        }
        catch (OperationCanceledException)
        {
            // The application stops.
        }
    }

    private void Report()
    {
        foreach (var runner in runners)
        {
            if (runner.Waiter.Outstanding is { Count: > 0 } outstanding && IsWaiting(runner))
            {
                run.LoggerOf(runner.Resource).Waiting(string.Join("; ", outstanding));
            }

            foreach (var id in runner.Ids)
            {
                if (run.Notifications.TryGetCurrentState(id, out var known)
                    && known.Snapshot is { Ready: null, HealthStatus: not null and not HealthStatus.Healthy }
                    && known.Snapshot.HealthReports.Any(report => report.Status is not null))
                {
                    run.LoggerOf(runner.Resource).NotHealthyYet(ResourceDescription.Of(known.Snapshot));
                }
            }
        }
    }

    private bool IsWaiting(ResourceRunner runner) =>
        run.Notifications.TryGetCurrentState(runner.Ids[0], out var known) && known.Snapshot.State?.Text == KnownResourceStates.Waiting;
}
