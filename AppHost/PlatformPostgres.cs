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
    /// The database of one service and the connection string of the service's own role in it. The password of the role is
    /// generated once and kept; the migrator gives it to the role at each start.
    /// </summary>
    public ServiceDatabase AddServiceDatabase(string service)
    {
        Local?.AddDatabase($"{service}-database", service);

        var password = Builder.AddParameter(
            $"{service}-database-password", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);
        var connection = Builder.AddConnectionString(
            $"{service}-connection",
            ReferenceExpression.Create($"{Address};Database={service};Username={service};Password={password}"));

        return new ServiceDatabase(service, password, connection);
    }
}

/// <summary>One service's database; its name is also the name of the role that serves requests.</summary>
internal sealed record ServiceDatabase(
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
