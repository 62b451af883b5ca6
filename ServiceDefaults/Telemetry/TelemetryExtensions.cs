using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Delegation.ServiceDefaults.Telemetry;

/// <summary>
/// Traces, metrics and logs over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, from what the runtime and the libraries publish
/// themselves; nothing of it is loaded otherwise. The other <c>OTEL_*</c> variables mean what the specification says:
/// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
/// </summary>
internal static class TelemetryExtensions
{
    // Each hop is a server span below the client spans of the caller. "Grpc.Net.Client" is the call, "System.Net.Http" each attempt at it;
    // the first starts an activity in any case, so without it the second would hang from a parent that nobody exports.
    private static readonly string[] TraceSources =
        ["Microsoft.AspNetCore", "System.Net.Http", "Grpc.Net.Client", "Yarp.ReverseProxy", "Delegation.*"];

    private static readonly string[] Meters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Delegation.*"];

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.AddConsoleLog();
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;

        new Builder(builder.Services)
            .WithTracing(traces => traces.AddSource(TraceSources).AddProcessor(new GrpcClientSpans()))
            .WithMetrics(metrics => metrics.AddMeter(Meters))
            .WithLogging(null, logs =>
            {
                logs.IncludeFormattedMessage = true;
                logs.IncludeScopes = true;
            })
            .UseOtlpExporter();
        builder.Services.AddHostedService<TelemetryLifetime>();
        builder.Services.AddTransient<IStartupFilter, ServerSpans>();
    }

    private static void AddConsoleLog(this IHostApplicationBuilder builder)
    {
        // Both outputs carry the current trace id themselves; a scope with it would repeat it in every entry.
        builder.Logging.Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.None);
        builder.Logging.AddConsoleFormatter<LineFormatter, LineFormatterOptions>();
        builder.Logging.AddConsole(options =>
        {
            // Aspire asks every process for "simple", which spreads an entry over lines; "json" and the like are still honoured.
            if (options.FormatterName is null or "simple")
                options.FormatterName = LineFormatter.FormatterName;
        });
    }

    // Registers the providers among the application's services, where libraries add their sources and meters to them.
    private sealed record Builder(IServiceCollection Services) : IOpenTelemetryBuilder;
}
