using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Local.Ports;

/// <summary>
/// Gives every endpoint its ports before anything starts, and keeps them reserved. A process listens on the public port
/// itself where it can; a proxy stands before it only when several replicas share the port, or when the process insists on
/// a port of its own.
/// </summary>
internal sealed class EndpointAllocator(IConfiguration configuration) : IDisposable
{
    private readonly List<PortReservation> _reservations = [];
    private readonly List<ReplicaProxy> _proxies = [];

    /// <summary>Allocates the endpoints of a resource.</summary>
    /// <returns>One set of target ports per replica, by endpoint name.</returns>
    /// <exception cref="DistributedApplicationException">Somebody else uses a fixed port.</exception>
    public IReadOnlyList<ReplicaPorts> Allocate(IResource resource)
    {
        var replicas = Enumerable.Range(0, resource.GetReplicaCount()).Select(_ => new ReplicaPorts()).ToArray();
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            // Tests run side by side, and fixed ports would make them meet.
            var randomized = endpoint.IsProxied && configuration.GetValue("DcpPublisher:RandomizePorts", false);
            var wanted = randomized ? null : endpoint.Port;

            if (NeedsProxy(resource, endpoint, wanted))
            {
                AllocateBehindProxy(resource, endpoint, wanted, replicas);
            }
            else
            {
                var reservation = Reserve(resource, endpoint, wanted);
                replicas[0].Add(endpoint.Name, Placeholder(resource, endpoint), reservation);
                endpoint.AllocatedEndpoint = new AllocatedEndpoint(
                    endpoint, "localhost", reservation.Port, reservation.Port.ToString(CultureInfo.InvariantCulture));
            }
        }

        return replicas;
    }

    public void Dispose()
    {
        _proxies.ForEach(proxy => proxy.Dispose());
        _reservations.ForEach(reservation => reservation.Dispose());
    }

    // A container's target port is inside the container; here its server is told to listen on the public port.
    private static bool NeedsProxy(IResource resource, EndpointAnnotation endpoint, int? publicPort) =>
        resource.GetReplicaCount() > 1
        || (resource is not ContainerResource && endpoint.IsProxied && endpoint.TargetPort is { } target && target != publicPort);

    private static string Placeholder(IResource resource, EndpointAnnotation endpoint) => $"{{{{- port {resource.Name} {endpoint.Name} -}}}}";

    private void AllocateBehindProxy(IResource resource, EndpointAnnotation endpoint, int? publicPort, ReplicaPorts[] replicas)
    {
        var targets = new List<PortReservation>();
        foreach (var replica in replicas)
        {
            var target = Reserve(resource, endpoint, endpoint.TargetPort);
            replica.Add(endpoint.Name, Placeholder(resource, endpoint), target);
            targets.Add(target);
        }

        var front = Reserve(resource, endpoint, publicPort);
        _proxies.Add(ReplicaProxy.Listen(front, [.. replicas.Zip(targets, (replica, target) => new ReplicaTarget(target.Port, () => replica.IsRunning))]));
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", front.Port, Placeholder(resource, endpoint));
    }

    private PortReservation Reserve(IResource resource, EndpointAnnotation endpoint, int? port)
    {
        var reservation = port is null or 0 ? PortReservation.Any() : PortReservation.TryTake(port.Value);
        if (reservation is null)
        {
            throw new DistributedApplicationException(
                $"Port {port} of endpoint '{endpoint.Name}' of resource '{resource.Name}' is in use by {PortOwner.Describe(port!.Value)}. {Remedy(port.Value)}");
        }

        _reservations.Add(reservation);
        return reservation;
    }

    private string Remedy(int port)
    {
        var number = port.ToString(CultureInfo.InvariantCulture);
        var setting = configuration.AsEnumerable().FirstOrDefault(entry => entry.Value == number).Key;
        return setting is null
            ? "Stop that process, or give the endpoint another port."
            : $"Stop that process, or choose another port by the setting '{setting}' (environment variable {ParameterValue.Variable(setting)}).";
    }
}
