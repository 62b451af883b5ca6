using System.Globalization;
using Grpc.Net.Client;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Delegation.Gateway.Health;

/// <summary>The state of every replica of one service.</summary>
internal sealed class ServiceHealthCheck(IEnumerable<Uri> replicas) : IHealthCheck
{
    private readonly Grpc.Health.V1.Health.HealthClient[] _replicas =
        [.. replicas.Select(address => new Grpc.Health.V1.Health.HealthClient(GrpcChannel.ForAddress(address)))];

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var states = await Task.WhenAll(_replicas.Select(replica => replica.TroubleAsync(cancellationToken)));
        var troubles = states.OfType<string>().ToArray();
        return troubles.Length switch
        {
            0 => HealthCheckResult.Healthy(),
            _ when states.Length == 1 => new(context.Registration.FailureStatus, troubles[0]),
            _ => new(context.Registration.FailureStatus, string.Create(
                CultureInfo.InvariantCulture, $"{troubles.Length} of {states.Length} replicas: {string.Join(' ', troubles.Distinct())}")),
        };
    }
}
