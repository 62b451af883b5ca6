using Delegation.TestKit;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Delegation.ServiceDefaults.Tests;

/// <summary>A service of the platform in this process, on free ports, that answers as the test's handlers do.</summary>
internal sealed class ProbeHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private ProbeHost(WebApplication app, ProbeHandlers handlers, LogWatch logs)
    {
        _app = app;
        Handlers = handlers;
        Logs = logs;
        // In the order in which the service listens: gRPC, then HTTP/1.1.
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        GrpcAddress = new Uri(addresses[0]);
        HttpAddress = new Uri(addresses[1]);
        Http = new HttpClient { BaseAddress = HttpAddress, Timeout = TimeSpan.FromSeconds(20) };
        // No limit of its own: what is refused is refused by the service.
        _channel = GrpcChannel.ForAddress(GrpcAddress, new GrpcChannelOptions { MaxReceiveMessageSize = null });
        Client = new Probe.V1.Probe.ProbeClient(_channel);
        Health = new Grpc.Health.V1.Health.HealthClient(_channel);
    }

    public ProbeHandlers Handlers { get; }

    public LogWatch Logs { get; }

    public Uri GrpcAddress { get; }

    public Uri HttpAddress { get; }

    public HttpClient Http { get; }

    public Probe.V1.Probe.ProbeClient Client { get; }

    public Grpc.Health.V1.Health.HealthClient Health { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<ProbeHost> StartAsync(Action<WebApplicationBuilder>? configure = null)
    {
        var (builder, handlers, logs) = CreateBuilder();
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapGrpcService<ProbeService>();
        await app.StartAsync().Within(20);
        return new ProbeHost(app, handlers, logs);
    }

    public static (WebApplicationBuilder Builder, ProbeHandlers Handlers, LogWatch Logs) CreateBuilder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["GRPC_PORT"] = "0",
            ["HTTP_PORT"] = "0",
            ["Logging:LogLevel:Delegation"] = "Debug",
        });
        builder.AddServiceDefaults();
        var handlers = new ProbeHandlers();
        var logs = new LogWatch();
        builder.Services.AddSingleton(handlers);
        builder.Logging.AddProvider(logs);
        return (builder, handlers, logs);
    }

    public Task StopAsync() => _app.StopAsync().Within(20);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _channel.Dispose();
        await _app.DisposeAsync();
    }
}
