using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Local;

/// <summary>What would only show as a hang or an odd failure at run time is refused when the application is built.</summary>
internal static class ModelRules
{
    public static void Check(IEnumerable<IResource> resources)
    {
        var all = resources.ToArray();
        WaitGraph.RefuseCircles(all);
        foreach (var resource in all)
        {
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
            {
                Check(resource, endpoint);
            }
        }
    }

    private static void Check(IResource resource, EndpointAnnotation endpoint)
    {
        var place = $"The endpoint '{endpoint.Name}' of resource '{resource.Name}'";
        if (resource.GetReplicaCount() > 1 && endpoint.TargetPort is not null)
        {
            throw new DistributedApplicationException($"{place} has a fixed target port: its replicas cannot all listen on it.");
        }

        if (resource.GetReplicaCount() > 1 && !endpoint.IsProxied)
        {
            throw new DistributedApplicationException($"{place} is not proxied: its replicas cannot all listen on one port.");
        }

        if (!endpoint.IsProxied && endpoint.Port != endpoint.TargetPort)
        {
            throw new DistributedApplicationException($"{place} is not proxied, so its port and its target port must be the same.");
        }

        // A container listens in a network of its own; everything else shares this machine's ports with its proxy.
        if (endpoint is { IsProxied: true, Port: not null } && endpoint.Port == endpoint.TargetPort && resource is not ContainerResource)
        {
            throw new DistributedApplicationException(
                $"{place} is proxied, so its port and its target port must differ. Leave out the target port, or set isProxied to false.");
        }
    }
}
