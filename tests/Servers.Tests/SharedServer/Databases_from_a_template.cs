using Delegation.TestKit;
using Npgsql;

namespace Delegation.Servers.Tests.SharedServer;

public sealed class Databases_from_a_template
{
    private readonly string _contents = Guid.NewGuid().ToString();
    private int _built;

    [PostgresFact]
    public async Task Whoever_asks_at_once_waits_for_one_build_and_gets_a_database_of_their_own()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CreateAsync())).Within(60);

        Assert.Equal(1, _built);
        Assert.Equal(4, databases.Select(database => database.Name).Distinct().Count());
        foreach (var database in databases)
        {
            await ExecuteAsync(database.AdminConnectionString, "INSERT INTO note VALUES (1)"); // a primary key: once per database
            await database.DisposeAsync();
        }
    }

    [PostgresFact]
    public async Task Other_contents_make_another_template()
    {
        await using var first = await CreateAsync();
        await using var second = await TestPostgres.CreateDatabaseAsync("notes", BuildAsync, _contents + " and more");

        Assert.Equal(2, _built);
    }

    [PostgresFact]
    public async Task A_build_that_failed_is_built_again()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => TestPostgres.CreateDatabaseAsync(
            "notes",
            async admin =>
            {
                await ExecuteAsync(admin, "CREATE TABLE half_way (id int)");
                throw new InvalidOperationException("Stopped half-way.");
            },
            _contents));

        await using var database = await CreateAsync();

        Assert.Equal(1, _built);
        await Assert.ThrowsAsync<PostgresException>(() =>
            ExecuteAsync(database.AdminConnectionString, "TABLE half_way"));
    }

    [PostgresFact]
    public async Task A_clone_belongs_to_the_owner_of_its_template()
    {
        var role = $"owner_{Guid.NewGuid():N}";
        var server = await TestPostgres.GetAdminConnectionStringAsync();
        await ExecuteAsync(server + ";Database=postgres", $"CREATE ROLE {role} LOGIN PASSWORD 'constant'");

        var database = await TestPostgres.CreateDatabaseAsync(
            "owned",
            async admin =>
            {
                var name = new NpgsqlConnectionStringBuilder(admin).Database;
                await ExecuteAsync(admin, $"ALTER DATABASE {name} OWNER TO {role}");
            },
            _contents);
        await using (database)
        {
            await ExecuteAsync(database.ConnectionStringFor(role, "constant"), "CREATE TABLE mine (id int)");
        }

        await ExecuteAsync(server + ";Database=postgres", $"DROP DATABASE \"{await TemplateOfAsync(server, role)}\"");
        await ExecuteAsync(server + ";Database=postgres", $"DROP ROLE {role}");
    }

    [PostgresFact]
    public async Task A_disposed_database_is_dropped_though_somebody_is_still_connected()
    {
        var database = await CreateAsync();
        await using var connection = new NpgsqlConnection(database.AdminConnectionString + ";Pooling=false");
        await connection.OpenAsync();

        await database.DisposeAsync();

        var gone = await Assert.ThrowsAsync<PostgresException>(() =>
            ExecuteAsync(database.AdminConnectionString + ";Pooling=false", "SELECT 1"));
        Assert.Equal(PostgresErrorCodes.InvalidCatalogName, gone.SqlState);
    }

    [PostgresTheory]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData("with'quote")]
    [InlineData("a_name_that_is_longer_than_thirty_characters")]
    public async Task A_name_that_would_not_do_as_a_database_is_refused(string name) =>
        await Assert.ThrowsAsync<ArgumentException>(() => TestPostgres.CreateDatabaseAsync(name, BuildAsync));

    private Task<TestDatabase> CreateAsync() => TestPostgres.CreateDatabaseAsync("notes", BuildAsync, _contents);

    private async Task BuildAsync(string admin)
    {
        Interlocked.Increment(ref _built);
        await ExecuteAsync(admin, "CREATE TABLE note (id int PRIMARY KEY)");
    }

    private static async Task<string> TemplateOfAsync(string server, string role)
    {
        await using var source = NpgsqlDataSource.Create(server + ";Database=postgres");
        await using var command = source.CreateCommand("SELECT datname FROM pg_database WHERE pg_get_userbyid(datdba) = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = role });
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
