using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Local;

/// <summary>Waits for what one resource waits for, and can say at any time what is still outstanding.</summary>
internal sealed class DependencyWaiter(IResource resource, ResourceNotificationService notifications, IReadOnlyDictionary<IResource, IReadOnlyList<string>> processes)
{
    private readonly ConcurrentDictionary<WaitAnnotation, byte> _outstanding = new();

    /// <summary>What it waits for, for people; nothing when it waits for nothing.</summary>
    public IReadOnlyList<string> Outstanding => [.. _outstanding.Keys.Select(Describe).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Waits.</summary>
    /// <exception cref="DistributedApplicationException">One of the others failed.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var waits = resource.Annotations.OfType<WaitAnnotation>().Where(wait => wait.Resource is not IResourceWithoutLifetime).ToArray();
        foreach (var wait in waits)
        {
            _outstanding[wait] = 0;
        }

        // The first failure ends the waiting: the others may never come.
        var remaining = waits.Select(wait => WaitForAsync(wait, cancellationToken)).ToList();
        while (remaining.Count > 0)
        {
            var done = await Task.WhenAny(remaining);
            remaining.Remove(done);
            await done;
        }
    }

    private async Task WaitForAsync(WaitAnnotation wait, CancellationToken cancellationToken)
    {
        await Task.WhenAll(processes[wait.Resource].Select(id => WaitForAsync(wait, id, cancellationToken)));
        _outstanding.TryRemove(wait, out _);
    }

    private async Task WaitForAsync(WaitAnnotation wait, string id, CancellationToken cancellationToken)
    {
        var keepsWaiting = wait.WaitBehavior == WaitBehavior.WaitOnResourceUnavailable;
        var reached = await notifications.WaitForResourceAsync(
            wait.Resource.Name,
            e => e.ResourceId == id && (IsFulfilled(wait, e.Snapshot) || (!keepsWaiting && ResourceNotificationService.HasEnded(e.Snapshot))),
            cancellationToken);

        if (!IsFulfilled(wait, reached.Snapshot))
        {
            throw new DistributedApplicationException(
                $"was waiting for '{wait.Resource.Name}', which {DescribeEnd(wait, reached.Snapshot)}");
        }

        if (wait.WaitType == WaitType.WaitUntilHealthy)
        {
            await reached.Snapshot.Ready!.WaitAsync(cancellationToken);
        }
    }

    private static bool IsFulfilled(WaitAnnotation wait, CustomResourceSnapshot snapshot) => wait.WaitType switch
    {
        WaitType.WaitUntilStarted => snapshot.State?.Text == KnownResourceStates.Running,
        WaitType.WaitUntilHealthy => snapshot is { HealthStatus: HealthStatus.Healthy, Ready: not null },
        _ => snapshot.ExitCode == wait.ExitCode && ResourceNotificationService.HasEnded(snapshot),
    };

    private static string DescribeEnd(WaitAnnotation wait, CustomResourceSnapshot snapshot) => snapshot switch
    {
        { State.Text: "FailedToStart" } => "could not be started",
        { ExitCode: { } code } when wait.WaitType == WaitType.WaitForCompletion => $"ended with exit code {code} instead of {wait.ExitCode}",
        { ExitCode: { } code } => $"ended with exit code {code}",
        _ => $"is {snapshot.State?.Text}",
    };

    private string Describe(WaitAnnotation wait)
    {
        var aim = wait.WaitType switch
        {
            WaitType.WaitUntilHealthy => "to be healthy",
            WaitType.WaitForCompletion => "to finish",
            _ => "to start",
        };
        var now = processes[wait.Resource]
            .Select(id => notifications.TryGetCurrentState(id, out var known) ? ResourceDescription.Of(known.Snapshot) : "unknown")
            .Distinct();
        return $"{wait.Resource.Name} {aim} (now {string.Join(", ", now)})";
    }
}
