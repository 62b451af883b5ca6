using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Configuration;

namespace Delegation.AppHost;

/// <summary>How each of our processes joins the application: its ports, its health, what it is told and what it waits for.</summary>
internal static class PlatformServicesExtensions
{
    private const string ClockOffset = "Clock:Offset";
    private const string ClockFile = "Clock:OffsetFile";

    /// <summary>Adds the process that creates roles, sets their passwords and applies every service's migrations, then ends.</summary>
    public static IResourceBuilder<ProjectResource> AddMigrator(
        this IDistributedApplicationBuilder builder, PlatformPostgres postgres, params ServiceDatabase[] databases)
    {
        var migrator = builder.AddProject<Projects.Migrator>("migrator", launchProfileName: null)
            .RunAs(builder.Environment.EnvironmentName)
            .WithHttpEndpoint(name: "http", env: "HTTP_PORT")
            .WithReference(postgres.Admin, connectionName: "postgres");

        foreach (var role in databases.SelectMany(database => new[] { database.Requests, database.System }))
        {
            migrator.WithEnvironment($"Passwords__{role.Name}", role.Password);
        }

        return postgres.Local is { } server ? migrator.WaitFor(server) : migrator;
    }

    /// <summary>
    /// Adds a service: gRPC on one port and health over HTTP/1.1 on another, because without TLS the two cannot share one.
    /// The setting <c>Replicas:NAME</c> says how many processes of it run, 1 when absent.
    /// </summary>
    public static IResourceBuilder<ProjectResource> AddPlatformService<TProject>(
        this IDistributedApplicationBuilder builder,
        string name,
        ServiceDatabase database,
        IResourceBuilder<ProjectResource> migrator,
        PlatformIssuer issuer)
        where TProject : IProjectMetadata, new()
    {
        var service = builder.AddProject<TProject>(name, launchProfileName: null)
            .RunAs(builder.Environment.EnvironmentName)
            .WithHttpEndpoint(name: "grpc", env: "GRPC_PORT")
            .WithHttpEndpoint(name: "http", env: "HTTP_PORT")
            .WithHttpHealthCheck("/health", endpointName: "http")
            .WithReference(database.Requests.Connection, connectionName: "database")
            .WithReference(database.System.Connection, connectionName: "system")
            .WithReplicas(builder.Setting($"Replicas:{name}", 1))
            .WaitForCompletion(migrator);

        return issuer.AddClient(service, name);
    }

    /// <summary>Adds the only door to the services: REST on <c>Gateway:RestPort</c> (8080), gRPC on <c>Gateway:GrpcPort</c> (8081).</summary>
    public static IResourceBuilder<ProjectResource> AddGateway(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<IResourceWithConnectionString> redis,
        PlatformIssuer issuer,
        params IResourceBuilder<ProjectResource>[] services)
    {
        var gateway = builder.AddProject<Projects.Gateway>("gateway", launchProfileName: null)
            .RunAs(builder.Environment.EnvironmentName)
            .WithHttpEndpoint(port: builder.Setting("Gateway:RestPort", 8080), name: "http", env: "HTTP_PORT")
            .WithHttpEndpoint(port: builder.Setting("Gateway:GrpcPort", 8081), name: "grpc", env: "GRPC_PORT")
            .WithExternalHttpEndpoints()
            .WithHttpHealthCheck("/health", endpointName: "http")
            .WithReference(redis)
            .WaitFor(redis);

        foreach (var service in services)
        {
            gateway.WithReference(service).WaitFor(service);
        }

        // What callers may use, and from where, is said here and kept there.
        foreach (var setting in builder.Configuration.GetSection("Limits").AsEnumerable().Concat(builder.Configuration.GetSection("Cors").AsEnumerable()))
        {
            if (setting.Value is { } value)
            {
                gateway.WithEnvironment(setting.Key.Replace(":", "__", StringComparison.Ordinal), value);
            }
        }

        return issuer.AddClient(gateway, "gateway");
    }

    // Without a launch profile a process would run as Production whatever the AppHost runs as. The clock is one for all of them.
    internal static IResourceBuilder<ProjectResource> RunAs(this IResourceBuilder<ProjectResource> project, string environment)
    {
        if (project.ApplicationBuilder.Configuration[ClockOffset] is { Length: > 0 } offset)
        {
            project.WithEnvironment("Clock__Offset", offset);
        }

        if (environment != Environments.Production)
        {
            var file = project.ApplicationBuilder.Configuration[ClockFile] ?? Path.Combine(project.ApplicationBuilder.AppHostDirectory, "clock.txt");
            project.WithEnvironment("Clock__OffsetFile", file);
        }

        return project.WithEnvironment("ASPNETCORE_ENVIRONMENT", environment).WithEnvironment("DOTNET_ENVIRONMENT", environment);
    }

    // The default becomes part of the configuration, where whoever reports a port in use finds the setting to name.
    internal static int Setting(this IDistributedApplicationBuilder builder, string key, int whenAbsent)
    {
        if (builder.Configuration[key] is not { Length: > 0 })
        {
            builder.Configuration[key] = whenAbsent.ToString(CultureInfo.InvariantCulture);
        }

        return int.TryParse(builder.Configuration[key], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InvalidOperationException($"The setting {key} is '{builder.Configuration[key]}'; it must be a whole number.");
    }
}
