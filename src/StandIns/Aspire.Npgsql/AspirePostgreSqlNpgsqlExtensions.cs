using System.Data.Common;
using Aspire.Npgsql;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers PostgreSQL data sources.</summary>
public static class AspirePostgreSqlNpgsqlExtensions
{
    private const string Section = "Aspire:Npgsql";
    private const string HealthCheckName = "PostgreSql";

    /// <summary>
    /// Registers an <see cref="NpgsqlDataSource"/> with health check, logging, traces and metrics. Its settings come from
    /// <c>Aspire:Npgsql</c>, then <c>Aspire:Npgsql:{connectionName}</c>, then <c>ConnectionStrings:{connectionName}</c>, then
    /// <paramref name="configureSettings"/>; the later wins.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="connectionName">The name under <c>ConnectionStrings</c>.</param>
    /// <param name="configureSettings">Last word on the settings.</param>
    /// <param name="configureDataSourceBuilder">Type mappings and the like.</param>
    /// <exception cref="InvalidOperationException">On first use of the data source, when there is no connection string.</exception>
    public static void AddNpgsqlDataSource(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<NpgsqlSettings>? configureSettings = null,
        Action<NpgsqlDataSourceBuilder>? configureDataSourceBuilder = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        Add(builder, connectionName, serviceKey: null, configureSettings, configureDataSourceBuilder);
    }

    /// <summary>
    /// Registers an <see cref="NpgsqlDataSource"/> under the key <paramref name="name"/>, with a health check of its own. Its settings
    /// come from the same places as those of the one without key.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The key, and the name under <c>ConnectionStrings</c>.</param>
    /// <param name="configureSettings">Last word on the settings.</param>
    /// <param name="configureDataSourceBuilder">Type mappings and the like.</param>
    /// <exception cref="InvalidOperationException">On first use of the data source, when there is no connection string.</exception>
    public static void AddKeyedNpgsqlDataSource(
        this IHostApplicationBuilder builder,
        string name,
        Action<NpgsqlSettings>? configureSettings = null,
        Action<NpgsqlDataSourceBuilder>? configureDataSourceBuilder = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        Add(builder, name, serviceKey: name, configureSettings, configureDataSourceBuilder);
    }

    private static void Add(
        IHostApplicationBuilder builder,
        string connectionName,
        object? serviceKey,
        Action<NpgsqlSettings>? configureSettings,
        Action<NpgsqlDataSourceBuilder>? configureDataSourceBuilder)
    {
        var settings = Read(builder.Configuration, connectionName);
        configureSettings?.Invoke(settings);

        AddServices(builder.Services, settings, connectionName, serviceKey, configureDataSourceBuilder);
        if (!settings.DisableHealthChecks)
            TryAddHealthCheck(builder, connectionName, serviceKey);
        if (!settings.DisableTracing)
            builder.Services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddSource("Npgsql"));
        if (!settings.DisableMetrics)
            builder.Services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter("Npgsql"));
    }

    private static NpgsqlSettings Read(IConfiguration configuration, string connectionName)
    {
        var settings = new NpgsqlSettings();
        var section = configuration.GetSection(Section);
        section.Bind(settings);
        section.GetSection(connectionName).Bind(settings);
        settings.ConnectionString = configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        return settings;
    }

    private static void AddServices(
        IServiceCollection services, NpgsqlSettings settings, string connectionName, object? serviceKey, Action<NpgsqlDataSourceBuilder>? configure)
    {
        services.TryAddKeyedSingleton(serviceKey, (provider, _) =>
        {
            // Not earlier: by now there is a logger that shows the message.
            if (string.IsNullOrWhiteSpace(settings.ConnectionString))
                throw new InvalidOperationException(
                    $"ConnectionString is missing. It should be provided in 'ConnectionStrings:{connectionName}' or under the " +
                    $"'ConnectionString' key in '{Section}' configuration section.");

            var source = new NpgsqlDataSourceBuilder(settings.ConnectionString);
            source.UseLoggerFactory(provider.GetService<ILoggerFactory>());
            configure?.Invoke(source);
            return source.Build();
        });
        services.TryAddKeyedSingleton<DbDataSource>(serviceKey, (provider, key) => Source(provider, key));
        services.TryAddKeyedTransient(serviceKey, (provider, key) => Source(provider, key).CreateConnection());
        services.TryAddKeyedTransient<DbConnection>(serviceKey, (provider, key) => provider.GetRequiredKeyedService<NpgsqlConnection>(key));
    }

    // Registering two checks of one name fails when they first run, so a second data source of a name keeps the first one's check.
    private static void TryAddHealthCheck(IHostApplicationBuilder builder, string connectionName, object? serviceKey)
    {
        var name = serviceKey is null ? HealthCheckName : $"{HealthCheckName}_{connectionName}";
        if (builder.Properties.TryAdd($"Aspire.HealthChecks.{name}", true))
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(name, provider => new NpgsqlHealthCheck(Source(provider, serviceKey)), null, null, null));
    }

    private static NpgsqlDataSource Source(IServiceProvider provider, object? serviceKey) => provider.GetRequiredKeyedService<NpgsqlDataSource>(serviceKey);
}
