using Delegation.ServiceDefaults.GrpcServer;
using Delegation.ServiceDefaults.Health;
using Delegation.ServiceDefaults.Listening;
using Delegation.ServiceDefaults.Settings;
using Delegation.ServiceDefaults.Telemetry;
using Delegation.ServiceDefaults.Time;
using Microsoft.AspNetCore.Builder;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every process of the platform does alike.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>
    /// Adds the clock, logs, traces and metrics, health checks, the ports to listen on and the gRPC server's limits and errors.
    /// README.md lists the settings.
    /// </summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddDefaultSettings();
        builder.AddClock();
        builder.AddTelemetry();
        builder.AddHealth();
        builder.AddListening();
        builder.AddGrpcServer();
        return builder;
    }

    /// <summary>Answers <c>/alive</c>, <c>/health</c> and <c>grpc.health.v1.Health</c>.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealth();
        return app;
    }
}
