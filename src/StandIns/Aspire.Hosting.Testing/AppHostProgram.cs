using System.Reflection;
using Aspire.Hosting.Local;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>
/// The program of an AppHost, run on a thread of its own. It stops where it builds its application until the test wants it
/// built, and where it runs the application until the test has stopped it.
/// </summary>
internal sealed class AppHostProgram(Assembly assembly, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    : TestSession
{
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _building = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _abandoned;

    public async Task<DistributedApplicationBuilder> RunToBuildAsync(CancellationToken cancellationToken)
    {
        if (assembly.EntryPoint is not { } main)
        {
            throw new InvalidOperationException($"Assembly {assembly.GetName().Name} is no program: it has no entry point.");
        }

        var thread = new Thread(() => Invoke(main)) { IsBackground = true, Name = assembly.GetName().Name };
        thread.Start();
        return await _building.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Lets the program build its application.</summary>
    public async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _goOn.TrySetResult();
        return await _built.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Lets the program end.</summary>
    public void Release(bool abandon)
    {
        _abandoned |= abandon;
        _started.TrySetResult();
        _stopped.TrySetResult();
        _goOn.TrySetResult();
    }

    public void HasStarted() => _started.TrySetResult();

    public override void Creating(DistributedApplicationOptions options, HostApplicationBuilderSettings settings) =>
        TestingDefaults.Apply(options, settings, assembly, args, configure);

    public override void Building(DistributedApplicationBuilder builder)
    {
        _building.TrySetResult(builder);
        _goOn.Task.Wait();
        if (_abandoned)
        {
            throw new OperationCanceledException("The test was over before the application was built.");
        }
    }

    public override DistributedApplication Built(DistributedApplication application)
    {
        _built.TrySetResult(application);
        return new DistributedApplication(new ObservedHost(application, _started.Task, _stopped.Task));
    }

    private void Invoke(MethodInfo main)
    {
        Current = this; // Flows to everything that the program does, and to nothing else.
        try
        {
            var result = main.Invoke(null, main.GetParameters().Length == 0 ? [] : [args]);
            (result as Task)?.GetAwaiter().GetResult();
            Ended(new InvalidOperationException("The program of the AppHost ended without building an application."));
        }
        catch (Exception exception)
        {
            Ended((exception as TargetInvocationException)?.InnerException ?? exception);
        }
    }

    private void Ended(Exception exception)
    {
        _building.TrySetException(exception);
        _built.TrySetException(exception);
    }

    /// <summary>The program's view of its application: it starts and stops when the test says so.</summary>
    private sealed class ObservedHost(DistributedApplication application, Task started, Task stopped) : IHost
    {
        public IServiceProvider Services => application.Services;

        public Task StartAsync(CancellationToken cancellationToken = default) => started.WaitAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken = default) => stopped.WaitAsync(cancellationToken);

        public void Dispose()
        {
            // The test owns the application.
        }
    }
}
