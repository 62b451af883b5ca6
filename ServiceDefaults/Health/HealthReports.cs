using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using OpenTelemetry;

namespace Delegation.ServiceDefaults.Health;

/// <summary>
/// The report of all checks, at most a second old and taken once for everybody who asks meanwhile: however many probe, the database sees
/// one question a second. Logs when a check changes its mind.
/// </summary>
internal sealed class HealthReports(HealthCheckService checks, TimeProvider time, ILogger<HealthReports> logger)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, HealthStatus> _known = [];
    private Task<HealthReport>? _latest;
    private long _takenAt;

    /// <summary>The latest report. Cancelling leaves it to the others who wait for it.</summary>
    public Task<HealthReport> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_latest is null || (_latest.IsCompleted && time.GetElapsedTime(_takenAt) >= FreshFor))
                _latest = Task.Run(TakeAsync, CancellationToken.None);
            return _latest.WaitAsync(cancellationToken);
        }
    }

    private async Task<HealthReport> TakeAsync()
    {
        // Shared by many callers, so it belongs into nobody's trace; and a span for each second of silence helps nobody.
        using var silence = SuppressInstrumentationScope.Begin();
        var report = await checks.CheckHealthAsync();
        foreach (var (name, entry) in report.Entries)
            Note(name, entry);
        _takenAt = time.GetTimestamp();
        return report;
    }

    private void Note(string name, HealthReportEntry entry)
    {
        var before = _known.GetValueOrDefault(name, HealthStatus.Healthy);
        _known[name] = entry.Status;
        if (entry.Status == HealthStatus.Healthy && before != HealthStatus.Healthy)
            logger.HealthRestored(name);
        else if (entry.Status != before)
            logger.HealthLost(name, entry.Status, entry.Description, entry.Exception);
    }
}
