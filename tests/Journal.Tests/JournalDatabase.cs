using Delegation.JournalProcess;
using Delegation.Persistence;
using Delegation.Persistence.Migrations;
using Delegation.Persistence.Tenancy;
using Delegation.TestKit;
using Npgsql;

namespace Delegation.Journal.Tests;

/// <summary>The database of a made-up service that changes things and has a journal of it.</summary>
internal sealed class JournalDatabase : IAsyncDisposable
{
    public const string Service = "journal_test";
    public const string Password = "journal_test";

    private readonly TestDatabase _database;

    private JournalDatabase(TestDatabase database)
    {
        _database = database;
        Requests = NpgsqlDataSource.Create(database.ConnectionStringFor(Service, Password));
        System = NpgsqlDataSource.Create(database.ConnectionStringFor(Service + "_system", Password));
        Administrator = NpgsqlDataSource.Create(database.AdminConnectionString);
    }

    public NpgsqlDataSource Requests { get; }

    public NpgsqlDataSource System { get; }

    public NpgsqlDataSource Administrator { get; }

    public string AdminConnectionString => _database.AdminConnectionString;

    public TenantSessions Sessions => new(Requests);

    public SystemSessions SystemSessions => new(System);

    public static ServiceDatabase Description(string? name) => new(
        Service,
        MigrationSet.Create([Migration.Parse("0001_things.sql", Things.Migration), Migration.Parse("0002_applied.sql", Things.FollowerMigration)]),
        Password,
        Password,
        name);

    public static async Task<JournalDatabase> CreateAsync() => new(await TestPostgres.CreateDatabaseAsync(
        "journal",
        administrator => new DatabaseMigrator(administrator, TimeProvider.System).MigrateAsync(Description(new NpgsqlConnectionStringBuilder(administrator).Database))));

    /// <summary>A database without anything in it, to restore another into; it has the owner that the migrator gives it at each start.</summary>
    public static async Task<JournalDatabase> CreateEmptyAsync()
    {
        var empty = new JournalDatabase(await TestPostgres.CreateDatabaseAsync());
        await using var command = empty.Administrator.CreateCommand($"ALTER DATABASE {empty._database.Name} OWNER TO {Service}_owner");
        await command.ExecuteNonQueryAsync();
        return empty;
    }

    /// <summary>Changes things of one owner one after the other.</summary>
    public async Task ChangeAsync(int count, int owner = 0)
    {
        for (var i = 0; i < count; i++)
            await Things.ChangeAsync(Sessions, Things.Owner(owner), i, CancellationToken.None);
    }

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var command = Administrator.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public Task UntilAllSealedAsync() => Eventually.Async(async () => await AskAsync<long>("SELECT count(*) FROM pending") == 0);

    public async ValueTask DisposeAsync()
    {
        await Requests.DisposeAsync();
        await System.DisposeAsync();
        await Administrator.DisposeAsync();
        await _database.DisposeAsync();
    }
}
