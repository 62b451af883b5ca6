using Delegation.Gateway.Cors;
using Delegation.Gateway.Forwarding;
using Delegation.Gateway.Health;
using Delegation.Gateway.Limits;
using Delegation.Gateway.Tests.Protos;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Delegation.Gateway.Tests.Hosts;

/// <summary>The gateway's own forwarding and health on free ports of this machine, in front of the probe.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private GatewayHost(WebApplication app, LogWatch logs)
    {
        _app = app;
        Logs = logs;
        GrpcAddress = new Uri(app.Urls.First());
        HttpAddress = new Uri(app.Urls.Last());
        _channel = GrpcChannel.ForAddress(GrpcAddress, new GrpcChannelOptions { MaxReceiveMessageSize = null, MaxSendMessageSize = null });
        Client = new Probe.ProbeClient(_channel);
    }

    public Uri GrpcAddress { get; }

    public Uri HttpAddress { get; }

    public Probe.ProbeClient Client { get; }

    public LogWatch Logs { get; }

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <param name="destinations">Addresses of the replicas of the probe.</param>
    /// <param name="configure">Changes to the host before it is built.</param>
    /// <param name="authority">The issuer whose tokens it asks for; null where it asks for none.</param>
    /// <param name="settings">Settings of its own.</param>
    public static async Task<GatewayHost> StartAsync(
        IEnumerable<string> destinations, Action<WebApplicationBuilder>? configure = null, string? authority = null,
        params IReadOnlyList<(string Name, string Value)> settings)
    {
        var addresses = destinations.Select((address, replica) => $"--services:probe:grpc:{replica}={address}");
        var builder = WebApplication.CreateSlimBuilder(
            ["--GRPC_PORT=0", "--HTTP_PORT=0", "--shutdownTimeoutSeconds=0", "--Logging:LogLevel:Delegation=Debug", .. addresses]);
        foreach (var (name, value) in settings)
            builder.Configuration[name] = value;
        var logs = new LogWatch();
        var services = new[] { new ForwardedService(Probe.Descriptor, "probe") };
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.AddGrpcForwarding(services);
        builder.AddServiceHealth(services);
        if (authority is not null)
        {
            builder.Environment.EnvironmentName = Environments.Development;
            builder.Configuration["Authentication:Authority"] = authority;
            builder.AddTokenValidation();
            builder.AddRedisClient("redis");
            builder.AddLimits();
        }

        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseCorsOfSettings();
        app.MapDefaultEndpoints();
        app.MapGrpcForwarding(authority is null ? null : calls => calls.UseMiddleware<CallGuard>());
        await app.StartAsync();
        return new GatewayHost(app, logs);
    }

    /// <summary>Ends the gateway and fails on an error in its log that the test did not expect.</summary>
    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Logs.AssertNoErrors();
    }
}
