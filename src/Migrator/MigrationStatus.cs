using System.Collections.Concurrent;
using Delegation.Persistence;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Delegation.Migrator;

/// <summary>How far the run is, told as health: degraded while it goes on, healthy when done, unhealthy when something failed.</summary>
internal sealed class MigrationStatus : IHealthCheck, IProgress<MigrationProgress>
{
    private readonly ConcurrentDictionary<string, string> _databases = new();
    private volatile HealthStatus _status = HealthStatus.Degraded;

    public void Report(MigrationProgress value) => _databases[value.Service] = $"{value.Service}: {value.Applied} of {value.Total} applied";

    public void Failed(string service, string message)
    {
        _databases[service] = message;
        _status = HealthStatus.Unhealthy;
    }

    /// <summary>Nothing is left to do. A failure before remains one.</summary>
    public void Ended() => _status = _status == HealthStatus.Degraded ? HealthStatus.Healthy : _status;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(new HealthCheckResult(
            _status,
            string.Join("; ", ServiceDatabases.Services.Select(service => _databases.GetValueOrDefault(service, $"{service}: waiting")))));
}
