using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Delegation.ServiceDefaults.Telemetry;

/// <summary>Starts collecting before anything else of the application starts, and sends what is left after all of it has stopped.</summary>
internal sealed class TelemetryLifetime(IServiceProvider services) : IHostedLifecycleService
{
    // What a collector that does not answer may cost: with the 3 seconds of shutdownTimeoutSeconds less than the 6 that an orchestrator waits.
    private const int FlushMilliseconds = 2500;

    private TracerProvider? _traces;
    private MeterProvider? _metrics;
    private LoggerProvider? _logs;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        // They collect from the moment they exist.
        _traces = services.GetRequiredService<TracerProvider>();
        _metrics = services.GetRequiredService<MeterProvider>();
        _logs = services.GetRequiredService<LoggerProvider>();
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken) =>
        // Side by side, so that the time limit holds for all three together.
        Task.WhenAll(
            Task.Run(() => _traces?.Shutdown(FlushMilliseconds), CancellationToken.None),
            Task.Run(() => _metrics?.Shutdown(FlushMilliseconds), CancellationToken.None),
            Task.Run(() => _logs?.Shutdown(FlushMilliseconds), CancellationToken.None));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
