using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Local.Ports;
using Aspire.Hosting.Local.Processes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local;

/// <summary>Runs the application as native processes of this machine.</summary>
internal sealed class Orchestrator(
    RunContext run, ResourceConsole console, Failures failures, IHostApplicationLifetime lifetime, ILogger<Orchestrator> logger)
    : IHostedService, IAsyncDisposable
{
    private readonly EndpointAllocator _endpoints = new(run.Configuration);
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _once = new(1);

    private IReadOnlyList<ResourceRunner> _runners = [];
    private StateLock? _lock;
    private Guardian? _guardian;
    private bool _stopped;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await run.Eventing.PublishAsync(new BeforeStartEvent(run.Services, run.Model), cancellationToken);
            await StartRules.CheckAsync(run, cancellationToken);
            await TakeStateAsync(cancellationToken);

            // Every port is ours before the first process starts.
            var replicas = run.Model.Resources.Where(Launch.IsPossible).ToDictionary(
                resource => resource, resource => _endpoints.Allocate(resource).Select(ports => new Replica(resource.Name, ports)).ToArray());
            _guardian = Guardian.Start(run.Marker, run.State.Disposable ? run.State.Root : run.State.SessionData);
            _lock?.Sign(_guardian.Identity);

            _runners = CreateRunners(replicas, _guardian);
            failures.Follow(_runners);
            console.Align(replicas.Keys.Select(resource => resource.Name));
            StartFollowing();
        }
        catch
        {
            await StopAsync(CancellationToken.None);
            throw;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _once.WaitAsync(CancellationToken.None);
        try
        {
            if (!_stopped)
            {
                _stopped = true;
                await StopEverythingAsync();
            }
        }
        finally
        {
            _once.Release();
        }
    }

    /// <summary>Ends everything without asking.</summary>
    public void Kill()
    {
        foreach (var runner in _runners.OfType<ProcessRunner>())
        {
            runner.Kill();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private async Task TakeStateAsync(CancellationToken cancellationToken)
    {
        if (run.State.Disposable)
        {
            run.State.Create();
            return;
        }

        _lock = StateLock.Take(run.State);
        await _lock.WaitForPreviousRunAsync(run.Marker, logger, cancellationToken);
        run.State.ForgetSession();
        logger.KeepsData(run.State.Root);
    }

    private IReadOnlyList<ResourceRunner> CreateRunners(Dictionary<IResource, Replica[]> replicas, Guardian guardian)
    {
        var ids = run.Model.Resources.ToDictionary(
            resource => resource,
            resource => (IReadOnlyList<string>)(replicas.TryGetValue(resource, out var some) ? [.. some.Select(replica => replica.Id)] : [resource.Name]));

        return [.. run.Model.Resources.Select(resource => (ResourceRunner)(resource switch
        {
            _ when replicas.TryGetValue(resource, out var some) => new ProcessRunner(resource, some, run, guardian, ids) { OnFailed = failures.Add },
            ContainerResource => new MissingRuntimeRunner(resource, run, ids) { OnFailed = failures.Add },
            IResourceWithParent child => new ChildRunner(child, run, ids) { OnFailed = failures.Add },
            _ => new ValueRunner(resource, run, ids) { OnFailed = failures.Add },
        }))];
    }

    private void StartFollowing()
    {
        _ = new StatusBoard(_runners, failures, run, console).RunAsync(_stopping.Token);
        _ = new WaitReporter(_runners, run).RunAsync(_stopping.Token);
        _ = new HealthEcho(_runners, run.Notifications).RunAsync(_stopping.Token);
        _ = StopWhenGuardianDiesAsync(_guardian!);
        _ = StopWhenParentIsGoneAsync();

        foreach (var runner in _runners)
        {
            runner.Start();
        }
    }

    private async Task StopEverythingAsync()
    {
        var watch = Stopwatch.StartNew();
        if (_runners.Count > 0)
        {
            logger.Stopping();
        }

        await _stopping.CancelAsync();
        foreach (var runner in _runners)
        {
            runner.Cancel();
        }

        await StopOrder.StopAsync(_runners);

        // What left its parents and sessions behind still carries the marker.
        if (_guardian is not null)
        {
            Leftovers.Kill(run.Marker.OfRun);
            _guardian.Dispose();
        }

        foreach (var runner in _runners)
        {
            runner.Dispose();
        }

        _endpoints.Dispose();
        // Whoever was refused the directory has nothing in it to forget: what is there is another's.
        if (run.State.Disposable || _lock is not null)
        {
            run.State.ForgetSession();
        }

        _lock?.Dispose();
        if (_runners.Count > 0)
        {
            logger.Stopped(watch.Elapsed.TotalSeconds);
        }
    }

    private async Task StopWhenGuardianDiesAsync(Guardian guardian)
    {
        await guardian.Died;
        logger.GuardianDied();
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }

    private async Task StopWhenParentIsGoneAsync()
    {
        if (!run.State.Disposable)
        {
            logger.ParentGone(await ParentWatch.UntilGoneAsync(_stopping.Token));
            lifetime.StopApplication();
        }
    }
}
