extern alias migrator;

using Dapper;
using Delegation.Benchmarks.Gateway;
using Delegation.Persistence;
using Delegation.Persistence.Migrations;
using Delegation.TestKit;
using Delegation.TestKit.Tokens;
using Npgsql;

namespace Delegation.Benchmarks;

/// <summary>A service as it runs for users behind our gateway, each a process of its own, on a database of its own with all migrations.</summary>
internal sealed class ServicePlatform : IAsyncDisposable
{
    // Our longest statements are those that fill a table with millions of rows.
    private const int StatementSeconds = 3_600;

    private readonly string _project;
    private readonly Dictionary<string, string> _settings;

    private ServicePlatform(string project, TestDatabase database, Dictionary<string, string> settings, int? connections)
    {
        (_project, Database) = (project, database);
        var request = new NpgsqlConnectionStringBuilder(database.ConnectionStringFor(Service, Service));
        if (connections is { } most)
            request.MaxPoolSize = most;
        RequestConnectionString = request.ConnectionString;
        _settings = new(settings)
        {
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["HTTP_PORT"] = "0",
            ["Authentication__ClientId"] = Service,
            ["Authentication__ClientSecret"] = "any",
            ["ConnectionStrings__database"] = RequestConnectionString,
            ["ConnectionStrings__system"] = database.ConnectionStringFor(SystemRole, SystemRole),
            // Those that it follows are away.
            ["Logging__LogLevel__Default"] = "Error",
        };
    }

    public TestDatabase Database { get; }

    public GatewayProcess Gateway { get; private set; } = null!;

    /// <summary>Of the role that serves requests.</summary>
    public string RequestConnectionString { get; }

    // Roles are their own passwords too, as in tests: they exist once per server, and those who share it must not change each other's.
    private string Service => _project.ToLowerInvariant();

    private string SystemRole => $"{Service}_system";

    /// <summary>Makes the database and starts service and gateway.</summary>
    /// <param name="project">The service's, as <c>Contracts</c>.</param>
    /// <param name="settings">What the service is told beside what all are.</param>
    /// <param name="connections">How many connections of the database it may have at once; as many as usual when null.</param>
    /// <param name="cancellation">Ends what has begun.</param>
    public static async Task<ServicePlatform> StartAsync(string project, Dictionary<string, string> settings, int? connections, CancellationToken cancellation)
    {
        var platform = new ServicePlatform(project, await TestPostgres.CreateDatabaseAsync(cancellation), settings, connections);
        try
        {
            var of = new ServiceDatabase(
                platform.Service, MigrationSet.FromResources(typeof(migrator::Program).Assembly, platform.Service), platform.Service, platform.SystemRole, platform.Database.Name);
            await new DatabaseMigrator(platform.Database.AdminConnectionString, TimeProvider.System).MigrateAsync(of, cancellationToken: cancellation);
            platform.Gateway = await GatewayProcess.StartAsync(cancellation, platform.StartServiceAsync, platform.Service);
            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    /// <summary>Changes what is in the database, as the administrator, whom no policy binds.</summary>
    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var administrator = new NpgsqlConnection(Database.AdminConnectionString);
        await administrator.ExecuteAsync(sql, parameters, commandTimeout: StatementSeconds);
    }

    /// <summary>Asks the database for one row, as the administrator.</summary>
    public async Task<T> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var administrator = new NpgsqlConnection(Database.AdminConnectionString);
        return await administrator.QuerySingleAsync<T>(sql, parameters, commandTimeout: StatementSeconds);
    }

    public async ValueTask DisposeAsync()
    {
        if (Gateway is not null)
            await Gateway.DisposeAsync();
        await Database.DisposeAsync();
    }

    private Task<ServerProcess> StartServiceAsync(TestIssuer issuer) => ServerProcess.StartDotnetAsync(
        Repository.Output($"src/{_project}", $"{_project}.dll"),
        _ => [],
        port => new Dictionary<string, string>(_settings) { ["GRPC_PORT"] = $"{port}", ["Authentication__Authority"] = issuer.Authority },
        CancellationToken.None);
}
