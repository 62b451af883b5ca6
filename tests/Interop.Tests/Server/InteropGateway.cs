using Delegation.Gateway.Forwarding;
using Grpc.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace Delegation.Interop.Tests.Server;

/// <summary>The gateway's own forwarding, with the interop service in place of the platform's, before a gRPC server.</summary>
internal sealed class InteropGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private InteropGateway(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public static async Task<InteropGateway> StartAsync(string destination)
    {
        var builder = Loopback.CreateBuilder($"--services:interop:grpc:0={destination}");
        builder.AddGrpcForwarding([new ForwardedService(TestService.Descriptor, "interop")]);
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapGrpcForwarding();
        await app.StartAsync();
        return new InteropGateway(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
