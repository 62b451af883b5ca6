using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Delegation.Interop.Tests.Server;

/// <summary>Our server stack with the interop service, on a free loopback port.</summary>
internal sealed class InteropServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private InteropServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public CancelledCalls Cancelled => _app.Services.GetRequiredService<CancelledCalls>();

    public static async Task<InteropServer> StartAsync()
    {
        var builder = Loopback.CreateBuilder();
        builder.Services.AddSingleton<CancelledCalls>();
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.UseCompressionOnTheWire();
        app.MapGrpcService<InteropService>();
        await app.StartAsync();
        return new InteropServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>Hosts that serve HTTP/2 without TLS on a free loopback port, and log nothing: failing calls are what they are for.</summary>
internal static class Loopback
{
    public static WebApplicationBuilder CreateBuilder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        return builder;
    }
}
