using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Delegation.StandIns.Tests;

/// <summary>A health check that a test turns on and off.</summary>
internal sealed class Switch : IHealthCheck
{
    public volatile bool IsHealthy;

    public string Reason { get; init; } = "switched off";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(IsHealthy ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(Reason));
}

internal static class SwitchExtensions
{
    public static IResourceBuilder<T> WithCheck<T>(this IResourceBuilder<T> builder, Switch check)
        where T : IResource
    {
        var key = $"{builder.Resource.Name}_switch";
        builder.ApplicationBuilder.Services.AddHealthChecks().AddCheck(key, check);
        return builder.WithHealthCheck(key);
    }

    public static CustomResourceSnapshot SnapshotOf(this DistributedApplication app, string resource) =>
        app.ResourceNotifications.TryGetCurrentState(resource, out var known) ? known.Snapshot : throw new ArgumentException($"Nothing is known of {resource}");

    public static string? StateOf(this DistributedApplication app, string resource) => app.SnapshotOf(resource).State?.Text;
}
