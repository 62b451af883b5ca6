using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Local.Processes;

namespace Aspire.Hosting.Local;

/// <summary>Runs a resource that is one process, or several of the same kind.</summary>
internal sealed class ProcessRunner(
    IResource resource, IReadOnlyList<Replica> replicas, RunContext run, Guardian guardian, IReadOnlyDictionary<IResource, IReadOnlyList<string>> processes)
    : ResourceRunner(resource, [.. replicas.Select(replica => replica.Id)], run, processes)
{
    private readonly Lock _lock = new();

    public override IEnumerable<string> LastLines => replicas.SelectMany(replica => replica.Log.Lines());

    /// <summary>Whether an exit code is what somebody waits for, or success.</summary>
    public bool Expects(int exitCode) => exitCode == 0 || Run.Model.Resources
        .SelectMany(other => other.Annotations.OfType<WaitAnnotation>())
        .Any(wait => wait.Resource == Resource && wait.WaitType == WaitType.WaitForCompletion && wait.ExitCode == exitCode);

    public void Kill()
    {
        lock (_lock)
        {
            foreach (var replica in replicas)
            {
                replica.Process?.Kill();
            }
        }
    }

    protected override async Task StartAndFollowAsync(CancellationToken cancellationToken)
    {
        await PublishAsync(KnownResourceStates.Starting);
        var launch = await Launch.PrepareAsync(Resource, replicas[0], Run, cancellationToken);
        var ends = replicas.Select(replica => FollowAsync(replica, Start(replica, launch, cancellationToken))).ToArray();

        using var allEnded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var health = FollowHealthAsync(allEnded.Token);
        await Task.WhenAll(ends);
        await allEnded.CancelAsync();
        await health;
    }

    protected override async Task StopProcessesAsync()
    {
        Replica[] started;
        lock (_lock)
        {
            started = [.. replicas.Where(replica => replica.Process is { Exited.IsCompleted: false })];
        }

        if (started.Length > 0)
        {
            await PublishAsync(snapshot => snapshot.ExitCode is null ? snapshot with { State = KnownResourceStates.Stopping } : snapshot);
            await Task.WhenAll(started.Select(replica => replica.Process!.StopAsync()));
        }
    }

    private ChildProcess Start(Replica replica, Launch launch, CancellationToken cancellationToken)
    {
        var environment = launch.Spec.Environment.ToDictionary(variable => variable.Key, variable => replica.FillIn(variable.Value));
        var spec = launch.Spec with { Environment = environment, Arguments = [.. launch.Spec.Arguments.Select(replica.FillIn)] };

        // Stopping and starting must not miss each other, or a process would be started that nobody stops.
        lock (_lock)
        {
            cancellationToken.ThrowIfCancellationRequested();
            replica.Ports.HandOver();
            replica.Process = ChildProcess.Start(spec, launch.StopSignal, Run.Marker.ValueFor(replica.Id), line =>
            {
                replica.Log.Add(line);
                Logger.Line(line);
            });
            guardian.Guard(replica.Process.Identity, launch.StopSignal);
            replica.Ports.IsRunning = true;
        }

        return replica.Process;
    }

    private async Task FollowAsync(Replica replica, ChildProcess process)
    {
        await Run.Notifications.PublishUpdateAsync(Resource, replica.Id, snapshot => snapshot with
        {
            State = KnownResourceStates.Running,
            StartTimeStamp = DateTime.UtcNow,
            HealthReports = Health.Unknown,
            Properties = [new ResourcePropertySnapshot(ProcessIdProperty, process.Identity.Id)],
            Urls = [.. Resource.Annotations.OfType<EndpointAnnotation>()
                .Where(endpoint => endpoint.AllocatedEndpoint is not null)
                .Select(endpoint => new UrlSnapshot(endpoint.Name, endpoint.AllocatedEndpoint!.UriString, IsInternal: false))],
        });

        var exitCode = await process.Exited;
        replica.Ports.IsRunning = false;
        await Run.Notifications.PublishUpdateAsync(Resource, replica.Id, snapshot => snapshot with
        {
            State = Resource is ContainerResource ? KnownResourceStates.Exited : KnownResourceStates.Finished,
            ExitCode = exitCode,
            StopTimeStamp = DateTime.UtcNow,
        });

        if (!IsStopping)
        {
            Report(replica, exitCode);
        }
    }

    private void Report(Replica replica, int exitCode)
    {
        var wasUseful = Run.Notifications.TryGetCurrentState(replica.Id, out var known) && known.Snapshot.Ready is not null;
        var isChecked = HealthMonitor.KeysOf(Resource).Any();
        if (isChecked ? !wasUseful : !Expects(exitCode))
        {
            OnFailed(this, isChecked ? $"ended with exit code {exitCode} before it was healthy" : $"ended with exit code {exitCode}");
        }
        else if (isChecked || !Expects(exitCode))
        {
            Logger.Ended(exitCode);
        }
    }

    public const string ProcessIdProperty = "executable.pid";
}
