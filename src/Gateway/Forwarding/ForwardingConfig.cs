using System.Net;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.LoadBalancing;

namespace Delegation.Gateway.Forwarding;

/// <summary>The routes and clusters of YARP: a route for each method of the contract, a cluster for each service process.</summary>
internal static class ForwardingConfig
{
    /// <summary>
    /// One route for each method, not a pattern for the service: what the contract does not name must not be reachable from outside, and
    /// a literal path is the fastest to match.
    /// </summary>
    public static IReadOnlyList<RouteConfig> Routes(IEnumerable<ForwardedService> services) =>
    [
        .. from service in services
           from method in service.Descriptor.Methods
           let path = $"/{service.Descriptor.FullName}/{method.Name}"
           select new RouteConfig { RouteId = path, ClusterId = service.Resource, Match = new RouteMatch { Path = path } },
    ];

    public static IReadOnlyList<ClusterConfig> Clusters(IEnumerable<ForwardedService> services, IConfiguration configuration) =>
    [
        .. from resource in services.Select(service => service.Resource).Distinct(StringComparer.Ordinal)
           select new ClusterConfig
           {
               ClusterId = resource,
               LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
               HealthCheck = new HealthCheckConfig { AvailableDestinationsPolicy = UsableReplicas.PolicyName },
               Destinations = Destinations.Of(configuration, resource).ToDictionary(
                   replica => replica.Key, replica => new DestinationConfig { Address = replica.Value.AbsoluteUri }),
               HttpRequest = new ForwarderRequestConfig
               {
                   // Without TLS nothing negotiates the version: a service's gRPC port speaks HTTP/2 from the first byte.
                   Version = HttpVersion.Version20,
                   VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                   // YARP ends whatever is quiet for 100 seconds unless told otherwise, a stream that waits for news too
                   // (https://github.com/dotnet/yarp/issues/2950). The caller's deadline limits a call, and pings find a dead peer.
                   ActivityTimeout = Timeout.InfiniteTimeSpan,
               },
           },
    ];
}
