using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.Local.Ports;

namespace Delegation.StandIns.Tests.Ports;

/// <summary>A port is reserved before the process that listens on it exists.</summary>
public sealed class PortReservationTests
{
    [Fact]
    public void Nobody_else_gets_it_not_even_who_would_share_it()
    {
        using var reserved = PortReservation.Any();

        Assert.Null(PortReservation.TryTake(reserved.Port));
        foreach (var address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback, IPAddress.Any })
        {
            // .NET's sockets set SO_REUSEADDR, as most servers do.
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            Assert.Throws<SocketException>(() => socket.Bind(new IPEndPoint(address, reserved.Port)));
        }
    }

    [Fact]
    public void After_the_handover_a_process_listens_on_it_and_still_nobody_else_does()
    {
        using var reserved = PortReservation.Any();
        reserved.HandOver();
        using var server = new TcpListener(IPAddress.Loopback, reserved.Port);

        server.Start();

        using var client = new TcpClient();
        client.Connect(IPAddress.Loopback, reserved.Port);
        using var second = new TcpListener(IPAddress.Loopback, reserved.Port);
        Assert.Throws<SocketException>(second.Start);
    }

    [Fact]
    public void It_stays_reserved_when_the_process_has_ended_and_its_successor_gets_it()
    {
        using var reserved = PortReservation.Any();
        reserved.HandOver();
        using (var first = new TcpListener(IPAddress.Loopback, reserved.Port))
        {
            first.Start();
        }

        Assert.Null(PortReservation.TryTake(reserved.Port));
        using var successor = new TcpListener(IPAddress.Loopback, reserved.Port);
        successor.Start();
    }

    [Fact]
    public void Connections_that_are_still_closing_are_no_obstacle()
    {
        var port = PortWithClosingConnection();

        using var reserved = PortReservation.TryTake(port);

        Assert.NotNull(reserved);
    }

    [Fact]
    public void The_owner_of_a_port_is_found()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();

        var owner = PortOwner.Describe(((IPEndPoint)server.LocalEndpoint).Port);

        Assert.StartsWith($"process {Environment.ProcessId} (", owner, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_reservations_are_all_different()
    {
        var reservations = Enumerable.Range(0, 200).Select(_ => PortReservation.Any()).ToArray();

        Assert.Equal(200, reservations.Select(reserved => reserved.Port).Distinct().Count());
        Array.ForEach(reservations, reserved => reserved.Dispose());
    }

    // The side that closes first keeps the connection in TIME_WAIT.
    private static int PortWithClosingConnection()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        using var client = new TcpClient();
        client.Connect(IPAddress.Loopback, port);
        using (server.AcceptSocket())
        {
            server.Stop();
        }

        return port;
    }
}
