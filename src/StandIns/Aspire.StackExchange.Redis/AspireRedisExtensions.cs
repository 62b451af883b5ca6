using Aspire.StackExchange.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers Redis clients.</summary>
public static class AspireRedisExtensions
{
    private const string Section = "Aspire:StackExchange:Redis";
    private const string HealthCheckName = "StackExchange.Redis";

    /// <summary>
    /// Registers an <see cref="IConnectionMultiplexer"/> that connects on first use, and its health check. Its settings come from
    /// <c>Aspire:StackExchange:Redis</c>, then <c>Aspire:StackExchange:Redis:{connectionName}</c>, then
    /// <c>ConnectionStrings:{connectionName}</c>, then <paramref name="configureSettings"/>; its options from the connection string,
    /// the <c>ConfigurationOptions</c> of the two sections, then <paramref name="configureOptions"/>; the later wins.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="connectionName">The name under <c>ConnectionStrings</c>.</param>
    /// <param name="configureSettings">Last word on the settings.</param>
    /// <param name="configureOptions">Last word on the client's options.</param>
    /// <exception cref="InvalidOperationException">On first use of the client, when no server is configured.</exception>
    public static void AddRedisClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        var section = builder.Configuration.GetSection(Section);
        var named = section.GetSection(connectionName);
        var settings = new StackExchangeRedisSettings();
        section.Bind(settings);
        named.Bind(settings);
        settings.ConnectionString = builder.Configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        configureSettings?.Invoke(settings);

        builder.Services.AddSingleton<IConnectionMultiplexer>(_ =>
        {
            var options = Parse(settings.ConnectionString);
            section.GetSection("ConfigurationOptions").Bind(options);
            named.GetSection("ConfigurationOptions").Bind(options);
            configureOptions?.Invoke(options);
            if (options.EndPoints.Count == 0)
                throw new InvalidOperationException(
                    $"No endpoints specified. Ensure a valid connection string was provided in 'ConnectionStrings:{connectionName}' " +
                    $"or for the '{Section}:ConnectionString' configuration key.");
            return ConnectionMultiplexer.Connect(options);
        });
        if (!settings.DisableHealthChecks)
            TryAddHealthCheck(builder);
    }

    // The client gives up when its first attempt fails, unless told otherwise; a service must outlive a Redis that starts later.
    private static ConfigurationOptions Parse(string? connectionString)
    {
        var options = string.IsNullOrWhiteSpace(connectionString) ? new ConfigurationOptions() : ConfigurationOptions.Parse(connectionString);
        if (!options.ToString(includePassword: false).Contains("abortConnect=", StringComparison.OrdinalIgnoreCase))
            options.AbortOnConnectFail = false;
        return options;
    }

    // Registering two checks of one name fails when they first run, so a second client keeps the first one's check.
    private static void TryAddHealthCheck(IHostApplicationBuilder builder)
    {
        if (!builder.Properties.TryAdd($"Aspire.HealthChecks.{HealthCheckName}", true))
            return;
        // The client itself is resolved by the check: connecting is what may fail.
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            HealthCheckName, provider => new RedisHealthCheck(provider), null, null, null));
    }
}
