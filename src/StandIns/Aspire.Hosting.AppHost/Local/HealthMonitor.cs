using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Local;

/// <summary>
/// Runs the checks of one resource, its own and those of what it lives in, and tells the results. One monitor looks at all
/// replicas together, through their common port.
/// </summary>
internal sealed class HealthMonitor(IResource resource, IReadOnlyList<string> ids, RunContext run)
{
    // Coming up is worth looking at closely; later it is enough to notice soon. Aspire itself looks every 30 s then.
    private static readonly TimeSpan WhileStarting = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan WhileUnhealthy = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhileHealthy = TimeSpan.FromSeconds(5);

    private readonly ImmutableHashSet<string> _keys = [.. KeysOf(resource)];
    private TaskCompletionSource _lookNow = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isReady;
    private HealthStatus _told = HealthStatus.Healthy;

    /// <summary>What is known before the first look: nothing, which counts as unhealthy.</summary>
    public ImmutableArray<HealthReportSnapshot> Unknown { get; } = [.. KeysOf(resource).Select(key => new HealthReportSnapshot(key, null, null, null))];

    public static IEnumerable<string> KeysOf(IResource resource)
    {
        var own = resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key);
        return resource is IResourceWithParent { Parent: var parent } ? own.Concat(KeysOf(parent)) : own;
    }

    /// <summary>Something happened that may have changed the resource's health.</summary>
    public void LookNow() => Interlocked.Exchange(ref _lookNow, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Looks until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_keys.Count == 0)
        {
            await BecomeReadyAsync([], cancellationToken);
            return;
        }

        while (!cancellationToken.IsCancellationRequested)
        {
            var lookNow = Volatile.Read(ref _lookNow).Task;
            var report = await run.HealthChecks.CheckHealthAsync(check => _keys.Contains(check.Name), cancellationToken);
            var reports = report.Entries
                .Select(entry => new HealthReportSnapshot(entry.Key, entry.Value.Status, entry.Value.Description, entry.Value.Exception?.Message))
                .ToImmutableArray();

            if (report.Status == HealthStatus.Healthy && !_isReady)
            {
                await BecomeReadyAsync(reports, cancellationToken);
            }
            else
            {
                await PublishAsync(snapshot => snapshot with { HealthReports = reports });
                TellChange(report.Status, reports);
            }

            var pause = report.Status == HealthStatus.Healthy ? WhileHealthy : _isReady ? WhileUnhealthy : WhileStarting;
            await Task.WhenAny(Task.Delay(pause, cancellationToken), lookNow);
        }
    }

    /// <summary>After it has been healthy once, every change is worth a line, with the reason.</summary>
    private void TellChange(HealthStatus status, ImmutableArray<HealthReportSnapshot> reports)
    {
        if (_isReady && status != _told)
        {
            _told = status;
            run.LoggerOf(resource).HealthChanged(ResourceDescription.OfHealth(status, reports));
        }
    }

    private async Task BecomeReadyAsync(ImmutableArray<HealthReportSnapshot> reports, CancellationToken cancellationToken)
    {
        _isReady = true;
        var handlers = run.Eventing.PublishAsync(new ResourceReadyEvent(resource, run.Services), cancellationToken);
        await PublishAsync(snapshot => snapshot with { HealthReports = reports, Ready = handlers });
        await handlers;
    }

    private async Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change)
    {
        foreach (var id in ids)
        {
            await run.Notifications.PublishUpdateAsync(resource, id, change);
        }
    }
}
