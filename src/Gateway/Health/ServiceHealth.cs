using Delegation.Gateway.Forwarding;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Delegation.Gateway.Health;

/// <summary>
/// The state of each service in the gateway's own health. A service that is down makes the gateway Degraded, never Unhealthy: the others
/// still answer, and taking the gateway out of service would take them along.
/// </summary>
internal static class ServiceHealth
{
    public static void AddServiceHealth(this IHostApplicationBuilder builder, IEnumerable<ForwardedService> services)
    {
        builder.Services.AddHostedService<ReplicaProbes>();
        var checks = builder.Services.AddHealthChecks();
        foreach (var resource in services.Select(service => service.Resource).Distinct(StringComparer.Ordinal))
        {
            var check = new ServiceHealthCheck(Destinations.Of(builder.Configuration, resource).Values);
            checks.Add(new HealthCheckRegistration(resource, check, HealthStatus.Degraded, tags: null));
        }
    }
}
