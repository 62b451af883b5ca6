using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Delegation.Gateway.Forwarding;

/// <summary>
/// The replicas that calls go to: all but those that a probe or a call found unable. When that leaves none, all of them: one that cannot
/// answer is no worse than nobody, and one that just came back is used at once.
/// </summary>
internal sealed class UsableReplicas : IAvailableDestinationsPolicy
{
    public const string PolicyName = "usable";

    public string Name => PolicyName;

    public IReadOnlyList<DestinationState> GetAvailalableDestinations(ClusterConfig config, IReadOnlyList<DestinationState> allDestinations)
    {
        DestinationState[] usable =
        [
            .. allDestinations.Where(replica => replica.Health is { Active: not DestinationHealth.Unhealthy, Passive: not DestinationHealth.Unhealthy }),
        ];
        return usable.Length > 0 ? usable : allDestinations;
    }
}
