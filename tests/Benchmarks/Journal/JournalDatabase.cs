using Delegation.JournalProcess;
using Delegation.Persistence;
using Delegation.Persistence.Migrations;
using Delegation.TestKit;
using Npgsql;

namespace Delegation.Benchmarks.Journal;

/// <summary>The database of a service whose only command changes a thing, and the processes around it.</summary>
internal sealed class JournalDatabase : IAsyncDisposable
{
    private const string Service = "journal_bench";

    private readonly TestDatabase _database;

    private JournalDatabase(TestDatabase database)
    {
        _database = database;
        // As a service has it.
        var requests = new NpgsqlDataSourceBuilder(database.ConnectionStringFor(Service, Service));
        Pools.OfRequests(requests);
        Requests = requests.Build();
    }

    public NpgsqlDataSource Requests { get; }

    public string Administrator => _database.AdminConnectionString;

    public static async Task<JournalDatabase> CreateAsync(CancellationToken cancellation)
    {
        var database = await TestPostgres.CreateDatabaseAsync(cancellation);
        var migrations = MigrationSet.Create([Migration.Parse("0001_things.sql", Things.Migration), Migration.Parse("0002_applied.sql", Things.FollowerMigration)]);
        await new DatabaseMigrator(database.AdminConnectionString, TimeProvider.System).MigrateAsync(
            new ServiceDatabase(Service, migrations, Service, Service, database.Name), cancellationToken: cancellation);

        return new JournalDatabase(database);
    }

    public Task<ServerProcess> StartServiceAsync(CancellationToken cancellation) => ServerProcess.StartDotnetAsync(
        Path.Combine(AppContext.BaseDirectory, "JournalProcess.dll"), _ => ["service"], port => Settings(("GRPC_PORT", $"{port}"), ("HTTP_PORT", "0")), cancellation);

    /// <summary>Listens nowhere: it counts as started when the service is there.</summary>
    public Task<ServerProcess> StartFollowerAsync(ServerProcess service, CancellationToken cancellation) => ServerProcess.StartAsync(
        service.Port, "dotnet", [Path.Combine(AppContext.BaseDirectory, "JournalProcess.dll"), "follower", "benchmark"],
        Settings(("services__source__grpc__0", $"http://localhost:{service.Port}")), cancellation);

    public Task UntilAppliedAsync(CancellationToken cancellation) => Eventually.Async(
        async () => await AskAsync<bool>(
            "SELECT NOT EXISTS (SELECT FROM pending) AND coalesce((SELECT max(position) FROM seal) = (SELECT max(position) FROM follower_position), false)", cancellation), TimeSpan.FromMinutes(3));

    public async Task<T> AskAsync<T>(string sql, CancellationToken cancellation)
    {
        await using var administrator = NpgsqlDataSource.Create(Administrator);
        await using var command = administrator.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public async ValueTask DisposeAsync()
    {
        await Requests.DisposeAsync();
        await _database.DisposeAsync();
    }

    private Dictionary<string, string> Settings(params (string Name, string Value)[] more) => new(more.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
    {
        ["ConnectionStrings__system"] = _database.ConnectionStringFor(Service + "_system", Service),
        ["Logging__LogLevel__Default"] = "Warning",
    };
}
