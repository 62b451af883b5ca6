using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Delegation.Interop.Tests.Server;

/// <summary>The interop service as each service of the platform serves, on a free loopback port.</summary>
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
        var app = builder.Build();
        app.UseCompressionOnTheWire();
        app.MapDefaultEndpoints();
        app.MapGrpcService<InteropService>();
        await app.StartAsync();
        return new InteropServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
