using System.Globalization;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Delegation.Gateway.Health;

/// <summary>Asks every replica of one service how it is, on the port that calls take, by the standard gRPC health protocol.</summary>
internal sealed class ServiceHealthCheck(IEnumerable<Uri> replicas) : IHealthCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly Grpc.Health.V1.Health.HealthClient[] _replicas =
        [.. replicas.Select(address => new Grpc.Health.V1.Health.HealthClient(GrpcChannel.ForAddress(address)))];

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var states = await Task.WhenAll(_replicas.Select(replica => StateAsync(replica, cancellationToken)));
        var troubles = states.OfType<string>().ToArray();
        return troubles.Length switch
        {
            0 => HealthCheckResult.Healthy(),
            _ when states.Length == 1 => new(context.Registration.FailureStatus, troubles[0]),
            _ => new(context.Registration.FailureStatus, string.Create(
                CultureInfo.InvariantCulture, $"{troubles.Length} of {states.Length} replicas: {string.Join(' ', troubles.Distinct())}")),
        };
    }

    /// <summary>What is wrong, or null.</summary>
    private static async Task<string?> StateAsync(Grpc.Health.V1.Health.HealthClient replica, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await replica.CheckAsync(new HealthCheckRequest(), deadline: DateTime.UtcNow + Limit, cancellationToken: cancellationToken);
            return answer.Status == ServingStatus.Serving ? null : "It answers that it cannot serve.";
        }
        catch (RpcException silent)
        {
            return silent.StatusCode switch
            {
                StatusCode.Unavailable => "It cannot be reached.",
                StatusCode.DeadlineExceeded => "It does not answer.",
                _ => $"It answers {silent.StatusCode}.",
            };
        }
    }
}
