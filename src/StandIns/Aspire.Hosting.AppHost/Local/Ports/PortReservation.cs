using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Local.Ports;

/// <summary>
/// A port of localhost that is ours from now on: bound sockets that never listen. Nobody else gets the port between now and
/// the moment the process that it is for listens on it, and after that process has died.
/// </summary>
internal sealed class PortReservation : IDisposable
{
    private const int Attempts = 50;

    private readonly NativeSocket[] _sockets;

    private PortReservation(params NativeSocket?[] sockets) => _sockets = [.. sockets.OfType<NativeSocket>()];

    public int Port => _sockets[0].Port;

    /// <summary>Any free port.</summary>
    public static PortReservation Any()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var ipv4 = NativeSocket.TryBind(IPAddress.Loopback, 0, shared: false)!;
            if (!Socket.OSSupportsIPv6)
            {
                return new PortReservation(ipv4);
            }

            if (NativeSocket.TryBind(IPAddress.IPv6Loopback, ipv4.Port, shared: false) is { } ipv6)
            {
                return new PortReservation(ipv4, ipv6);
            }

            ipv4.Dispose();
        }

        throw new DistributedApplicationException("This machine has no free port left.");
    }

    /// <summary>A port of choice; null when somebody else has it.</summary>
    public static PortReservation? TryTake(int port)
    {
        var ipv4 = TryTake(IPAddress.Loopback, port);
        if (ipv4 is null || !Socket.OSSupportsIPv6)
        {
            return ipv4 is null ? null : new PortReservation(ipv4);
        }

        if (TryTake(IPAddress.IPv6Loopback, port) is { } ipv6)
        {
            return new PortReservation(ipv4, ipv6);
        }

        ipv4.Dispose();
        return null;
    }

    /// <summary>Lets the process that the port is for bind to it beside us.</summary>
    public void HandOver()
    {
        foreach (var socket in _sockets)
        {
            socket.Share();
        }
    }

    public void Dispose()
    {
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }
    }

    // Connections of an earlier run that are still closing forbid an exclusive bind. Where it is them and nobody else, they do not matter.
    private static NativeSocket? TryTake(IPAddress address, int port) =>
        NativeSocket.TryBind(address, port, shared: false)
        ?? (PortOwner.OnlyClosingConnections(port) ? NativeSocket.TryBind(address, port, shared: true) : null);
}
