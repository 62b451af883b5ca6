using Grpc.Net.Client;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Delegation.Gateway.Health;

/// <summary>Asks each replica of a service that has several, every second, whether it can serve, and takes it out of the rotation while it cannot.</summary>
internal sealed class ReplicaProbes(IProxyStateLookup proxy, IDestinationHealthUpdater health, ILogger<ReplicaProbes> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        from service in proxy.GetClusters()
        where service.Destinations.Count > 1
        from replica in service.Destinations.Values
        select ProbeAsync(service, replica, stoppingToken));

    private async Task ProbeAsync(ClusterState service, DestinationState replica, CancellationToken stoppingToken)
    {
        using var channel = GrpcChannel.ForAddress(replica.Model.Config.Address);
        var client = new Grpc.Health.V1.Health.HealthClient(channel);
        while (!stoppingToken.IsCancellationRequested)
        {
            var trouble = await client.TroubleAsync(stoppingToken);
            if (stoppingToken.IsCancellationRequested)
                return;

            Note(service, replica, trouble);
            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Note(ClusterState service, DestinationState replica, string? trouble)
    {
        var was = replica.Health.Active;
        if (trouble is not null && was != DestinationHealth.Unhealthy)
            logger.ReplicaLeft(service.ClusterId, replica.DestinationId, trouble);
        else if (trouble is null && was == DestinationHealth.Unhealthy)
            logger.ReplicaReturned(service.ClusterId, replica.DestinationId);

        health.SetActive(service, [new NewActiveDestinationHealth(replica, trouble is null ? DestinationHealth.Healthy : DestinationHealth.Unhealthy)]);
    }
}
