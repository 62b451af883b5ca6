using System.Net;
using System.Net.Sockets;

namespace Delegation.ServiceDefaults.Tests;

/// <summary>A port of this machine where nobody listens.</summary>
internal static class ClosedPort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
