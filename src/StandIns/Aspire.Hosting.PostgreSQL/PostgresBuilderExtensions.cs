using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Local;
using Aspire.Hosting.Local.Postgres;
using Aspire.Hosting.Local.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds PostgreSQL to an application.</summary>
public static class PostgresBuilderExtensions
{
    private const int WellKnownPort = 5432;
    private const string DataPath = "/var/lib/postgresql";

    /// <summary>
    /// Adds a PostgreSQL server. Its health check is <c>{name}_check</c>; when it is healthy its databases are created.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource, and of its connection string where it is referenced.</param>
    /// <param name="userName">The superuser's name; null is <c>postgres</c>.</param>
    /// <param name="password">The superuser's password; null is a generated one, the parameter <c>{name}-password</c>.</param>
    /// <param name="port">The port of this machine; null is any free one.</param>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password");
        var server = new PostgresServerResource(name, userName?.Resource, secret);
        var native = new NativePostgres(server);
        builder.Eventing.Subscribe<ResourceReadyEvent>(server, async (_, cancellationToken) =>
            await DatabaseCreation.CreateMissingAsync(
                (await server.GetConnectionStringAsync(cancellationToken))!, server.Databases.Values, cancellationToken));

        return builder.AddResource(server)
            .WithEndpoint(port: port, targetPort: WellKnownPort, name: PostgresServerResource.PrimaryEndpointName)
            .WithPostgresHealthCheck(server, native)
            .WithNativeServer(PostgresProgram.Definition, new NativeServer(native.PrepareAsync, NativePostgres.StopSignal))
            .WithAnnotation(native);
    }

    /// <summary>Adds a database, which is created when the server is ready. Its health check is <c>{name}_check</c>.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The name of the resource, and of its connection string where it is referenced.</param>
    /// <param name="databaseName">The name of the database; null is the name of the resource.</param>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.AddDatabase(database.Name, database.DatabaseName);
        return builder.ApplicationBuilder.AddResource(database)
            .WithPostgresHealthCheck(database, builder.Resource.Annotations.OfType<NativePostgres>().Single());
    }

    /// <summary>Keeps the data from one start of the application to the next.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The name of the volume; null is one made from the resource's name.</param>
    /// <param name="isReadOnly">Whether the server may only read it.</param>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(
        this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(
            new ContainerMountAnnotation(name ?? $"{builder.Resource.Name}-data", DataPath, ContainerMountType.Volume, isReadOnly));
    }

    private static IResourceBuilder<T> WithPostgresHealthCheck<T>(this IResourceBuilder<T> builder, T resource, NativePostgres native)
        where T : IResourceWithConnectionString
    {
        var check = new PostgresHealthCheck(resource.GetConnectionStringAsync, native.WrongPassword);
        var key = $"{resource.Name}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(key, check, failureStatus: null, tags: null));
        return builder.WithHealthCheck(key);
    }
}
