using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Hosting;

namespace Delegation.ServiceDefaults.Settings;

/// <summary>The values of settings that nobody set: they come first, so that any other source of configuration wins.</summary>
internal static class DefaultSettings
{
    private static readonly Dictionary<string, string?> Values = new()
    {
        // What these libraries say at Information repeats our traces, line by line.
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Grpc"] = "Warning",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Npgsql"] = "Warning",
        ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
        ["Logging:LogLevel:Yarp"] = "Warning",
        // It logs a failing check with its stack at each probe; HealthReports logs the change, once.
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
        // The orchestrator kills after 6 seconds; sending the last telemetry needs its share of them.
        ["shutdownTimeoutSeconds"] = "3",
    };

    public static void AddDefaultSettings(this IHostApplicationBuilder builder) =>
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Values });
}
