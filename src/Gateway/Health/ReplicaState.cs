using Grpc.Core;
using Grpc.Health.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Delegation.Gateway.Health;

/// <summary>Asks a replica of a service how it is, on the port that calls take, by the standard gRPC health protocol.</summary>
internal static class ReplicaState
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>What is wrong, or null.</summary>
    public static async Task<string?> TroubleAsync(this Grpc.Health.V1.Health.HealthClient replica, CancellationToken cancellationToken)
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
