using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Local.Ports;

/// <summary>
/// Spreads the connections to a public port over the replicas of a resource, each to a random one, as Aspire's does. A
/// client that keeps its connection stays with its replica. While no replica is up, connections wait.
/// </summary>
internal sealed class ReplicaProxy : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Socket> _listeners = [];
    private readonly IReadOnlyList<ReplicaTarget> _targets;

    private ReplicaProxy(IReadOnlyList<ReplicaTarget> targets) => _targets = targets;

    public static ReplicaProxy Listen(PortReservation port, IReadOnlyList<ReplicaTarget> targets)
    {
        var proxy = new ReplicaProxy(targets);
        port.HandOver();
        foreach (var address in Socket.OSSupportsIPv6 ? new[] { IPAddress.Loopback, IPAddress.IPv6Loopback } : [IPAddress.Loopback])
        {
            var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(address, port.Port));
            listener.Listen();
            proxy._listeners.Add(listener);
            _ = proxy.AcceptAsync(listener);
        }

        return proxy;
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _listeners.ForEach(listener => listener.Dispose());
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await listener.AcceptAsync(_stopping.Token));
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // A client that gave up before it was accepted; or the end, which the loop sees.
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        {
            try
            {
                using var replica = await ConnectAsync(client);
                client.NoDelay = replica.NoDelay = true;
                using var broken = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
                await Task.WhenAll(PumpAsync(client, replica, broken), PumpAsync(replica, client, broken));
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One side is gone; closing both tells the other.
            }
        }
    }

    /// <summary>A random replica that answers; when none does, tries again until the client gives up.</summary>
    private async Task<Socket> ConnectAsync(Socket client)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var order = _targets.Where(target => target.IsRunning()).ToArray();
            Random.Shared.Shuffle(order);
            foreach (var target in order)
            {
                if (await TryConnectAsync(target.Port) is { } replica)
                {
                    return replica;
                }
            }

            await Task.Delay(pause, _stopping.Token);
            if (client.Poll(0, SelectMode.SelectRead) && client.Available == 0)
            {
                throw new IOException("The client has gone.");
            }
        }
    }

    private async Task<Socket?> TryConnectAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync("localhost", port, _stopping.Token);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    private static async Task PumpAsync(Socket from, Socket to, CancellationTokenSource broken)
    {
        try
        {
            using var source = new NetworkStream(from);
            using var target = new NetworkStream(to);
            await source.CopyToAsync(target, broken.Token);
            to.Shutdown(SocketShutdown.Send); // The other direction may go on.
        }
        catch
        {
            await broken.CancelAsync();
            throw;
        }
    }
}

/// <summary>One process behind the proxy.</summary>
/// <param name="Port">Port that it listens on.</param>
/// <param name="IsRunning">Whether the process is there; one that is not is left out.</param>
internal sealed record ReplicaTarget(int Port, Func<bool> IsRunning);
