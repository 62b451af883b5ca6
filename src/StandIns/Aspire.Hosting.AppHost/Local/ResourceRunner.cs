using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local;

/// <summary>Brings one resource up, follows it, and takes it down.</summary>
internal abstract class ResourceRunner : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private Task _running = Task.CompletedTask;

    protected ResourceRunner(IResource resource, IReadOnlyList<string> ids, RunContext run, IReadOnlyDictionary<IResource, IReadOnlyList<string>> processes)
    {
        (Resource, Ids, Run) = (resource, ids, run);
        Logger = run.LoggerOf(resource);
        Waiter = new DependencyWaiter(resource, run.Notifications, processes);
        Health = new HealthMonitor(resource, ids, run);
    }

    public IResource Resource { get; }

    /// <summary>Names of its processes; its own name when it is none.</summary>
    public IReadOnlyList<string> Ids { get; }

    public DependencyWaiter Waiter { get; }

    public HealthMonitor Health { get; }

    /// <summary>Last lines of its output, for whoever has to explain a failure.</summary>
    public virtual IEnumerable<string> LastLines => [];

    /// <summary>Called with the reason when it could not be started, or ended before it was of any use.</summary>
    public required Action<ResourceRunner, string> OnFailed { get; init; }

    protected RunContext Run { get; }

    protected ILogger Logger { get; }

    protected bool IsStopping => _cancellation.IsCancellationRequested;

    public void Start() => _running = Task.Run(() => RunAsync(_cancellation.Token));

    /// <summary>Gives up what has not started yet.</summary>
    public void Cancel() => _cancellation.Cancel();

    /// <summary>Stops what has started; call <see cref="Cancel"/> first.</summary>
    public async Task StopAsync()
    {
        await StopProcessesAsync();
        await _running;
    }

    public void Dispose() => _cancellation.Dispose();

    protected Task PublishAsync(string state) => PublishAsync(snapshot => snapshot with { State = state });

    /// <summary>Starts it, and returns when it has ended or nothing is left to follow.</summary>
    protected abstract Task StartAndFollowAsync(CancellationToken cancellationToken);

    protected virtual Task StopProcessesAsync() => Task.CompletedTask;

    protected async Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change)
    {
        foreach (var id in Ids)
        {
            await Run.Notifications.PublishUpdateAsync(Resource, id, change);
        }
    }

    /// <summary>Looks at its health until cancelled. A handler of readiness that fails is a failure of the resource: nobody can go on.</summary>
    protected async Task FollowHealthAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Health.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end of the resource ends the checks.
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private void Fail(Exception exception)
    {
        if (exception is not DistributedApplicationException)
        {
            Logger.FailedUnexpectedly(exception);
        }

        OnFailed(this, exception.Message);
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Resource.HasAnnotationOfType<WaitAnnotation>())
            {
                await PublishAsync(KnownResourceStates.Waiting);
                await Waiter.WaitAsync(cancellationToken);
            }

            await StartAndFollowAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping; whatever has been started is stopped by StopAsync.
        }
        catch (Exception exception)
        {
            await PublishAsync(KnownResourceStates.FailedToStart);
            Fail(exception);
        }
    }
}
