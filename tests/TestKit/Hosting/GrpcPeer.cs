using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Delegation.TestKit.Hosting;

/// <summary>A gRPC server on loopback, in the place of a service that a test does not start.</summary>
public sealed class GrpcPeer : IAsyncDisposable
{
    private readonly WebApplication _server;

    private GrpcPeer(WebApplication server) => _server = server;

    /// <summary>Where it listens.</summary>
    public string Address => _server.Urls.Single();

    /// <summary>Starts one.</summary>
    /// <param name="add">Adds what its rpcs are given.</param>
    /// <param name="map">Maps its rpcs.</param>
    public static async Task<GrpcPeer> StartAsync(Action<IServiceCollection> add, Action<IEndpointRouteBuilder> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        add(builder.Services);
        var server = builder.Build();
        map(server);
        await server.StartAsync();
        return new GrpcPeer(server);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
