using System.Data.Common;

namespace Delegation.AppHost;

/// <summary>The PostgreSQL server of the platform: ours, or an existing one that <c>ConnectionStrings:postgres</c> names.</summary>
/// <param name="Builder">The application that the server is part of.</param>
/// <param name="Local">Our own server, or null when an existing one is used.</param>
/// <param name="Admin">Connection string of a role that may create databases and roles; only the migrator receives it.</param>
/// <param name="Address">Host, port and transport options of the server, without credentials.</param>
internal sealed record PlatformPostgres(
    IDistributedApplicationBuilder Builder,
    IResourceBuilder<PostgresServerResource>? Local,
    IResourceBuilder<IResourceWithConnectionString> Admin,
    ReferenceExpression Address)
{
    /// <summary>
    /// The database of one service and the connection strings of the service's own two roles in it: one for requests, one for what
    /// runs without a caller. Their passwords are generated once and kept; the migrator gives them to the roles at each start.
    /// </summary>
    public ServiceDatabase AddServiceDatabase(string service)
    {
        Local?.AddDatabase($"{service}-database", service);

        return new ServiceDatabase(AddRole(service, service, suffix: ""), AddRole(service, $"{service}_system", suffix: "-system"));
    }

    private DatabaseRole AddRole(string service, string role, string suffix)
    {
        var password = Builder.AddParameter(
            $"{service}-database{suffix}-password", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);
        var connection = Builder.AddConnectionString(
            $"{service}{suffix}-connection",
            ReferenceExpression.Create($"{Address};Database={service};Username={role};Password={password}"));

        return new DatabaseRole(role, password, connection);
    }
}

/// <summary>One service's database.</summary>
/// <param name="Requests">The role that serves requests.</param>
/// <param name="System">The role of followers, schedules and sealing.</param>
internal sealed record ServiceDatabase(DatabaseRole Requests, DatabaseRole System);

/// <summary>How a service logs in to its database.</summary>
internal sealed record DatabaseRole(
    string Name, IResourceBuilder<ParameterResource> Password, IResourceBuilder<ConnectionStringResource> Connection);

internal static class PlatformPostgresExtensions
{
    private static readonly string[] Credentials = ["Username", "User Id", "User ID", "User Name", "UserId", "UID", "Password", "PSW", "PWD", "Passfile", "Database", "DB"];

    /// <summary>
    /// Adds PostgreSQL. With the setting <c>ConnectionStrings:postgres</c> the platform uses that server instead of its own;
    /// with <c>Data:Persist=false</c> our own forgets its data at the end, as tests want it.
    /// </summary>
    public static PlatformPostgres AddPlatformPostgres(this IDistributedApplicationBuilder builder)
    {
        if (builder.Configuration["ConnectionStrings:postgres"] is { Length: > 0 } existing)
        {
            return new PlatformPostgres(
                builder, null, builder.AddConnectionString("postgres"), ReferenceExpression.Create($"{WithoutCredentials(existing)}"));
        }

        var server = builder.AddPostgres("postgres");
        if (builder.Configuration["Data:Persist"] is not "false")
        {
            server.WithDataVolume();
        }

        var tcp = server.Resource.PrimaryEndpoint;
        return new PlatformPostgres(
            builder,
            server,
            server,
            ReferenceExpression.Create($"Host={tcp.Property(EndpointProperty.Host)};Port={tcp.Property(EndpointProperty.Port)}"));
    }

    private static string WithoutCredentials(string connectionString)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        foreach (var key in Credentials)
        {
            parts.Remove(key);
        }

        return parts.ConnectionString;
    }
}
