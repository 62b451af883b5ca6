using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Delegation.Interop.Tests.Server;

/// <summary>YARP before a gRPC server, HTTP/2 without TLS on both sides, as the gateway forwards.</summary>
internal sealed class InteropProxy : IAsyncDisposable
{
    private readonly WebApplication _app;

    private InteropProxy(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public static async Task<InteropProxy> StartAsync(string destination)
    {
        var route = new RouteConfig { RouteId = "grpc", ClusterId = "server", Match = new() { Path = "/{service}/{method}" } };
        var cluster = new ClusterConfig
        {
            ClusterId = "server",
            // Exactly 2: without TLS nothing negotiates, and gRPC needs trailers.
            HttpRequest = new ForwarderRequestConfig { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact },
            Destinations = new Dictionary<string, DestinationConfig> { ["only"] = new() { Address = destination } },
        };
        var builder = Loopback.CreateBuilder();
        builder.Services.AddReverseProxy().LoadFromMemory([route], [cluster]);
        var app = builder.Build();
        app.MapReverseProxy();
        await app.StartAsync();
        return new InteropProxy(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
