using System.Net;
using System.Net.Sockets;

namespace Delegation.Watch.Sources;

/// <summary>
/// Opens connections to where the policy allows. The name is looked up here, the addresses that come back are checked, and the connection goes to the very address
/// that was checked: a name that answers otherwise the second time changes nothing. A redirect opens a connection too, and so is no way round.
/// </summary>
internal sealed class FeedConnections(IAddressPolicy policy)
{
    public SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectCallback = ConnectAsync,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        MaxConnectionsPerServer = 2,
        MaxResponseHeadersLength = 32,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        UseCookies = false,
        // A proxy would connect in our place, to wherever it is told.
        UseProxy = false,
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var allowed = (await LookUpAsync(host, cancellationToken)).Where(address => policy.Allows(new IPEndPoint(address, port))).ToArray();
        if (allowed.Length == 0)
            throw new FeedFailureException(FeedFailureException.AddressRefused);

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellationToken);
            return policy.Allows((IPEndPoint)socket.RemoteEndPoint!)
                ? new NetworkStream(socket, ownsSocket: true)
                : throw new FeedFailureException(FeedFailureException.AddressRefused);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return IPAddress.TryParse(host.Trim('[', ']'), out var address) ? [address] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        }
        catch (SocketException)
        {
            throw new FeedFailureException(FeedFailureException.NameUnknown);
        }
    }
}
