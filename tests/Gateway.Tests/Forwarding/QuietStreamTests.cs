using Delegation.Gateway.Tests.Hosts;
using Delegation.Gateway.Tests.Protos;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Configuration;

namespace Delegation.Gateway.Tests.Forwarding;

/// <summary>A stream that waits for news is not a broken one: https://github.com/dotnet/yarp/issues/2950</summary>
public sealed class QuietStreamTests
{
    /// <summary>Longer than the five seconds of grace that the web server gives a slow body.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(7);

    private static readonly ProbeService SlowProbe = new()
    {
        OnDownload = async (request, answers, context) =>
        {
            await answers.WriteAsync(request, context.CancellationToken);
            await Task.Delay(Silence, context.CancellationToken);
            await answers.WriteAsync(request, context.CancellationToken);
        },
    };

    [Fact]
    public async Task A_download_survives_silence()
    {
        await using var service = await ServiceHost.StartAsync(SlowProbe);
        await using var gateway = await GatewayHost.StartAsync([service.Address]);

        using var call = gateway.Client.Download(new Message { Text = "?" });
        var received = await call.ResponseStream.ReadAllAsync().CountAsync().AsTask().Within(30);

        Assert.Equal(2, received);
    }

    [Fact]
    public async Task An_upload_survives_silence()
    {
        await using var service = await ServiceHost.StartAsync();
        await using var gateway = await GatewayHost.StartAsync([service.Address]);

        using var call = gateway.Client.Upload();
        await call.RequestStream.WriteAsync(new Message { Data = ByteString.CopyFrom(1) });
        await Task.Delay(Silence);
        await call.RequestStream.WriteAsync(new Message { Data = ByteString.CopyFrom(2) });
        await call.RequestStream.CompleteAsync();

        Assert.Equal("2", (await call.ResponseAsync.Within(10)).Text);
    }

    [Fact]
    public async Task A_reader_may_take_its_time()
    {
        const int Messages = 200;
        var probe = new ProbeService
        {
            OnDownload = async (_, answers, context) =>
            {
                var message = new Message { Data = ByteString.CopyFrom(new byte[100_000]) };
                for (var i = 0; i < Messages; i++)
                    await answers.WriteAsync(message, context.CancellationToken);
            },
        };
        await using var service = await ServiceHost.StartAsync(probe);
        await using var gateway = await GatewayHost.StartAsync([service.Address]);

        using var call = gateway.Client.Download(new Message());
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).Within(10));
        await Task.Delay(Silence);
        var rest = await call.ResponseStream.ReadAllAsync().CountAsync().AsTask().Within(30);

        Assert.Equal(Messages - 1, rest);
    }

    [Fact]
    public async Task No_time_limit_of_the_proxy_hides_behind_the_default()
    {
        // The limit that is 100 seconds when nobody sets it, lowered: this is what would happen.
        await using var service = await ServiceHost.StartAsync(SlowProbe);
        await using var limited = await GatewayHost.StartAsync(
            [service.Address], builder => builder.Services.AddSingleton<IProxyConfigFilter, OneSecond>());
        await using var gateway = await GatewayHost.StartAsync([service.Address]);

        using var call = limited.Client.Download(new Message { Text = "?" });
        await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.ReadAllAsync().CountAsync().AsTask().Within(30));

        var cluster = Assert.Single(gateway.Service<IProxyConfigProvider>().GetConfig().Clusters);
        Assert.Equal(Timeout.InfiniteTimeSpan, cluster.HttpRequest?.ActivityTimeout);
    }

    private sealed class OneSecond : IProxyConfigFilter
    {
        public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel) =>
            new(cluster with { HttpRequest = cluster.HttpRequest! with { ActivityTimeout = TimeSpan.FromSeconds(1) } });

        public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => new(route);
    }
}
