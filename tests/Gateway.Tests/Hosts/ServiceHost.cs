using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Delegation.Gateway.Tests.Hosts;

/// <summary>A service as the platform's are, on a free port of this machine, with the probe as its only rpc service.</summary>
internal sealed class ServiceHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServiceHost(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public int Port => new Uri(Address).Port;

    /// <param name="probe">What it does.</param>
    /// <param name="port">0 for a free one.</param>
    /// <param name="health">What its health check says.</param>
    /// <param name="raw">Answers a request before gRPC sees it when it returns true: for answers that no gRPC server gives.</param>
    public static async Task<ServiceHost> StartAsync(
        ProbeService? probe = null, int port = 0, Func<HealthCheckResult>? health = null, Func<HttpContext, Task<bool>>? raw = null)
    {
        var builder = WebApplication.CreateSlimBuilder([$"--GRPC_PORT={port}", "--shutdownTimeoutSeconds=1"]);
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(probe ?? new ProbeService());
        if (health is not null)
            builder.Services.AddHealthChecks().AddCheck("state", health);

        var app = builder.Build();
        if (raw is not null)
            app.Use(async (context, next) =>
            {
                if (!await raw(context))
                    await next(context);
            });
        app.MapDefaultEndpoints();
        app.MapGrpcService<ProbeService>();
        await app.StartAsync();
        return new ServiceHost(app);
    }

    /// <summary>Ends it as an orchestrator does: it finishes what it is doing, but not for long.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
