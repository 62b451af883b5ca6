using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Delegation.Gateway.Tests.Hosts;
using Delegation.Gateway.Tests.Rest.Bodies;
using Delegation.TestKit.Tokens;
using Xunit.Abstractions;

namespace Delegation.Gateway.Tests.Rest;

[Collection(nameof(AloneOnTheMachine))]
public sealed class MalformedRequestTests(ITestOutputHelper output)
{
    private const int Requests = 10_000;
    private const int Seed = 20261122;

    [Fact]
    public async Task Ten_thousand_malformed_requests_are_refused_and_nothing_worse()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var service = await ServiceHost.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(
            [service.Address], authority: issuer.Authority, settings: [("Limits:Person", "0"), ("Limits:Address", "0")]);
        var authorization = $"Bearer {issuer.Token("somebody")}";
        var seen = new ConcurrentDictionary<int, int>();
        var worse = new ConcurrentBag<string>();

        await SendAsync(Seed, Requests / 10);
        var before = Used();
        await SendAsync(Seed + 1, Requests);
        var growth = Used() - before;

        output.WriteLine($"{string.Join(", ", seen.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}"))}; memory {growth:N0}");
        Assert.True(worse.IsEmpty, string.Join("\n---\n", worse.Take(5)));
        Assert.True(seen.GetValueOrDefault(400) > Requests / 20 && seen.GetValueOrDefault(404) > Requests / 20, "the requests are not varied");
        Assert.InRange(growth, long.MinValue, 10_000_000);
        Assert.Equal(200, await StatusAsync(gateway, Encoding.ASCII.GetBytes($"GET /v1/wide HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: {authorization}\r\n\r\n")));

        Task SendAsync(int seed, int count) => Parallel.ForAsync(0, 8, async (worker, _) =>
        {
            var requests = new MalformedRequests(seed + (worker * 1000));
            for (var i = 0; i < count / 8; i++)
            {
                var (request, hangsUp) = requests.Next(authorization);
                var status = await StatusAsync(gateway, request, hangsUp);
                seen.AddOrUpdate(status, 1, (_, known) => known + 1);
                // 501 and 505 are Kestrel's word for HTTP that it does not speak.
                if (status is -1 or (>= 500 and not (501 or 505)))
                    worse.Add($"{status}: {Encoding.UTF8.GetString(request)}");
            }
        });
    }

    // What lives, not what waits to be collected.
    private static long Used()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>The status of the answer; 0 when the server only closed the connection, -1 when it kept it open without a word.</summary>
    private static async Task<int> StatusAsync(GatewayHost gateway, byte[] request, bool hangsUp = false)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(gateway.HttpAddress.Host, gateway.HttpAddress.Port, limit.Token);
            await socket.SendAsync(request, limit.Token);
            if (hangsUp)
                socket.Shutdown(SocketShutdown.Send);
            var answer = new byte[12];
            var read = 0;
            while (read < answer.Length && await socket.ReceiveAsync(answer.AsMemory(read), limit.Token) is > 0 and var more)
                read += more;
            return read == answer.Length ? int.Parse(Encoding.ASCII.GetString(answer, 9, 3), CultureInfo.InvariantCulture) : 0;
        }
        catch (Exception failed) when (failed is SocketException or OperationCanceledException)
        {
            return failed is SocketException ? 0 : -1;
        }
    }
}
