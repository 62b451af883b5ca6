using System.Net.Sockets;
using Delegation.Contracts.V1;
using Delegation.Gateway.Events;
using Delegation.Gateway.Forwarding;
using Delegation.Gateway.Limits;
using Delegation.TestKit.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Delegation.Gateway.Tests.Events;

/// <summary>Two services with journals, an issuer and a gateway with its stream of events, each of which can be killed and started again.</summary>
internal sealed class EventsPlatform : IAsyncDisposable
{
    private readonly Dictionary<string, (int Port, MadeUpJournal Journal, WebApplication? Process)> _services = [];
    private readonly int _gatewayPort = FreePort();
    private readonly LogWatch _logs = new();
    private WebApplication? _gateway;

    private EventsPlatform(TestIssuer issuer) => Issuer = issuer;

    public TestIssuer Issuer { get; }

    public MadeUpJournal Contracts => _services["contracts"].Journal;

    public MadeUpJournal Watch => _services["watch"].Journal;

    public Uri Events => new($"http://127.0.0.1:{_gatewayPort}/v1/events");

    public static async Task<EventsPlatform> StartAsync()
    {
        var platform = new EventsPlatform(await TestIssuer.StartAsync());
        foreach (var name in new[] { "contracts", "watch" })
        {
            platform._services[name] = (FreePort(), new MadeUpJournal(), null);
            await platform.StartServiceAsync(name);
        }

        await platform.StartGatewayAsync();
        return platform;
    }

    public async Task StartServiceAsync(string name)
    {
        var (port, journal, _) = _services[name];
        var builder = WebApplication.CreateSlimBuilder([$"--GRPC_PORT={port}", "--shutdownTimeoutSeconds=0"]);
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(journal);
        var process = builder.Build();
        process.MapGrpcService<MadeUpJournalService>();
        process.MapGrpcService<MadeUpMembers>();
        await process.StartAsync();
        _services[name] = (port, journal, process);
    }

    public async Task KillServiceAsync(string name)
    {
        await _services[name].Process!.DisposeAsync();
        _services[name] = _services[name] with { Process = null };
    }

    public async Task StartGatewayAsync()
    {
        var services = new[] { new ForwardedService(Organizations.Descriptor, "contracts"), new ForwardedService(Organizations.Descriptor, "watch") };
        var builder = WebApplication.CreateSlimBuilder(
        [
            "--environment=Development", $"--HTTP_PORT={_gatewayPort}", "--shutdownTimeoutSeconds=0",
            $"--Authentication:Authority={Issuer.Authority}", "--Authentication:ClientId=gateway", "--Authentication:ClientSecret=secret",
            .. _services.Select(service => $"--services:{service.Key}:grpc:0=http://127.0.0.1:{service.Value.Port}"),
        ]);
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders().AddProvider(_logs);
        builder.AddTokenValidation();
        builder.AddLimits();
        builder.AddEvents(services);
        _gateway = builder.Build();
        _gateway.MapEvents();
        await _gateway.StartAsync();
    }

    public async Task KillGatewayAsync()
    {
        // With no time to end anything; a host that is disposed before it is stopped takes the end of its own work for a fault.
        await _gateway!.StopAsync();
        await _gateway.DisposeAsync();
        _gateway = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
            await KillGatewayAsync();
        foreach (var service in _services.Values)
            if (service.Process is not null)
                await service.Process.DisposeAsync();
        await Issuer.DisposeAsync();
        _logs.AssertNoErrors();
    }

    public static string SubjectOf(string authorization) => new JsonWebToken(authorization["Bearer ".Length..]).Subject;

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
