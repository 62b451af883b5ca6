using Dapper;
using Delegation.Persistence.Migrations;
using Delegation.TestKit;
using Npgsql;

namespace Delegation.Persistence.Tests;

/// <summary>A service that exists in one test only: names of its own on the server, and the migrations that the test gives it, without the platform's.</summary>
internal sealed class MadeUpService : IAsyncDisposable
{
    private readonly string _server;

    private MadeUpService(string server) => _server = server;

    public const string Password = "Correct-Horse-7";

    public string Name { get; } = $"made_up_{Guid.NewGuid():N}"[..16];

    public static async Task<MadeUpService> CreateAsync() => new(await TestPostgres.GetAdminConnectionStringAsync());

    public Task<MigrationResult> MigrateAsync(params (string File, string Sql)[] migrations) => MigrateAsync(_server, migrations);

    public Task<MigrationResult> MigrateAsync(string server, params (string File, string Sql)[] migrations) =>
        MigrateAsync(Database(migrations), server: server);

    public Task<MigrationResult> MigrateAsync(
        ServiceDatabase database, IProgress<MigrationProgress>? progress = null, string? server = null, CancellationToken cancellationToken = default) =>
        new DatabaseMigrator(server ?? _server, TimeProvider.System).MigrateAsync(database, progress, cancellationToken).Within(60);

    public ServiceDatabase Database(params (string File, string Sql)[] migrations) =>
        new(Name, Files(migrations), Password) { Platform = Files() };

    /// <summary>The service with everything that the platform gives to a service, and both its roles.</summary>
    public ServiceDatabase WithPlatform(params (string File, string Sql)[] migrations) => new(Name, Files(migrations), Password, Password);

    /// <summary>
    /// Connections of a role, pooled as in a service; but the driver resets nothing between two uses of one, so that only what a
    /// session does itself keeps callers apart.
    /// </summary>
    public NpgsqlDataSource DataSource(string role, int poolSize = TestPostgres.PoolSize) => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_server)
    {
        Database = Name,
        Username = role,
        Password = Password,
        MaxPoolSize = poolSize,
        NoResetOnClose = true,
    });

    public static MigrationSet Files(params (string File, string Sql)[] migrations) =>
        MigrationSet.Create(migrations.Select(migration => Migration.Parse(migration.File, migration.Sql)));

    /// <summary>The administrator in the service's database.</summary>
    public Task<NpgsqlConnection> AdministratorAsync() => OpenAsync(new NpgsqlConnectionStringBuilder(_server) { Database = Name });

    /// <summary>A role in the service's database, or in another one.</summary>
    public Task<NpgsqlConnection> LogInAsync(string role, string password = Password, string? database = null) =>
        OpenAsync(new NpgsqlConnectionStringBuilder(_server) { Database = database ?? Name, Username = role, Password = password });

    public async ValueTask DisposeAsync()
    {
        // Each in a statement of its own: databases cannot be dropped in the transaction that several statements make.
        await using var server = await OpenAsync(new NpgsqlConnectionStringBuilder(_server) { Database = "postgres" });
        await server.ExecuteAsync($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");
        await server.ExecuteAsync($"DROP ROLE IF EXISTS {Name}, {Name}_system, {Name}_auditor, {Name}_owner");
    }

    private static async Task<NpgsqlConnection> OpenAsync(NpgsqlConnectionStringBuilder builder)
    {
        builder.Pooling = false;
        var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
