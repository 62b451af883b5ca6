using Dapper;
using Delegation.Persistence.Migrations;
using Delegation.TestKit;
using Npgsql;

namespace Delegation.Persistence.Tests.Migrations;

public sealed class Migrating_a_database
{
    private static readonly (string, string) First = ("0001_first.sql", "CREATE TABLE first (id int PRIMARY KEY);\nINSERT INTO first VALUES (1);");
    private static readonly (string, string) Second = ("0002_second.sql", "ALTER TABLE first ADD COLUMN name text;");

    [PostgresFact]
    public async Task Each_file_is_applied_once_and_in_order()
    {
        await using var service = await MadeUpService.CreateAsync();

        var first = await service.MigrateAsync(First);
        var both = await service.MigrateAsync(First, Second);
        var again = await service.MigrateAsync(First, Second);

        Assert.Equal(["0001_first.sql"], first.Applied);
        Assert.Equal(["0002_second.sql"], both.Applied);
        Assert.Empty(again.Applied);
        Assert.Equal(1, await CountAsync(service, "SELECT count(*) FROM first"));
    }

    [PostgresFact]
    public async Task What_the_platform_gives_to_every_service_comes_first_and_counts_on_its_own()
    {
        await using var service = await MadeUpService.CreateAsync();
        (string, string) common = ("0001_common.sql", "CREATE TABLE common (id int);");
        await service.MigrateAsync(WithCommon(service, [common], First));

        var later = await service.MigrateAsync(WithCommon(service, [common, ("0002_more.sql", "CREATE TABLE more (id int);")], First, Second));

        Assert.Equal(["0002_more.sql", "0002_second.sql"], later.Applied);
        Assert.Equal(4, await CountAsync(service, "SELECT count(DISTINCT (origin, version)) FROM migrations.applied"));
    }

    [PostgresFact]
    public async Task A_file_names_the_roles_of_whichever_service_it_is_applied_to()
    {
        await using var service = await MadeUpService.CreateAsync();

        await service.MigrateAsync(("0001_roles.sql", "CREATE TABLE named AS SELECT '{owner}' AS owner; GRANT SELECT ON named TO {request}, {system};"));

        await using var request = await service.LogInAsync(service.Name);
        Assert.Equal($"{service.Name}_owner", await request.ExecuteScalarAsync<string>("SELECT owner FROM named"));
    }

    /// <summary>The first release knew one set of migrations, and a history without origin.</summary>
    [PostgresFact]
    public async Task A_database_of_the_first_release_gets_the_platforms_migrations_and_those_after_its_own()
    {
        await using var service = await MadeUpService.CreateAsync();
        await service.MigrateAsync(First);
        await using (var administrator = await service.AdministratorAsync())
            await administrator.ExecuteAsync("ALTER TABLE migrations.applied DROP CONSTRAINT applied_pkey, DROP COLUMN origin, ADD PRIMARY KEY (version)");

        var now = await service.MigrateAsync(WithCommon(service, [("0001_common.sql", "CREATE TABLE common (id int);")], First, Second));
        var again = await service.MigrateAsync(WithCommon(service, [("0001_common.sql", "CREATE TABLE common (id int);")], First, Second));

        Assert.Equal(["0001_common.sql", "0002_second.sql"], now.Applied);
        Assert.Empty(again.Applied);
        Assert.Equal(2, await CountAsync(service, "SELECT count(*) FROM migrations.applied WHERE origin = 'service'"));
    }

    [PostgresFact]
    public async Task Migrators_started_at_once_on_an_empty_server_apply_each_file_once()
    {
        await using var service = await MadeUpService.CreateAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => service.MigrateAsync(First, Second))));

        Assert.Equal(["0001_first.sql", "0002_second.sql"], results.SelectMany(result => result.Applied).Order());
        Assert.Equal(1, await CountAsync(service, "SELECT count(*) FROM first"));
    }

    [PostgresFact]
    public async Task Progress_is_told_from_what_was_there_to_the_end()
    {
        await using var service = await MadeUpService.CreateAsync();
        await service.MigrateAsync(First);
        var told = new List<MigrationProgress>();

        await service.MigrateAsync(service.Database(First, Second), new Recorder(told));

        Assert.Equal([new(service.Name, 1, 2), new(service.Name, 2, 2)], told);
    }

    [PostgresFact]
    public async Task What_a_migration_creates_belongs_to_the_owner_role()
    {
        await using var service = await MadeUpService.CreateAsync();

        await service.MigrateAsync(First);

        Assert.Equal(2, await CountAsync(service, "SELECT count(*) FROM pg_tables WHERE tableowner = current_database() || '_owner'"));
    }

    [PostgresFact]
    public async Task A_file_edited_after_it_was_applied_is_refused_by_name_and_nothing_after_it_runs()
    {
        await using var service = await MadeUpService.CreateAsync();
        await service.MigrateAsync(First);

        var refused = await Assert.ThrowsAsync<MigrationException>(() => service.MigrateAsync(("0001_first.sql", "CREATE TABLE first (id bigint);"), Second));

        Assert.StartsWith($"{service.Name}: 0001_first.sql was edited", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(service, "SELECT count(*) FROM information_schema.columns WHERE table_name = 'first'"));
    }

    [PostgresTheory]
    [InlineData("CREATE TABLE second (\n    id nosuch\n);", 4, "42704", "position told by the server")]
    [InlineData("CREATE TABLE\n    first (id int);", 3, "42P07", "no position told: the line that the statement starts on")]
    [InlineData("INSERT INTO first VALUES (1);", 3, "23505", "no position either")]
    public async Task A_file_that_fails_leaves_nothing_and_names_file_line_and_state(string failing, int line, string state, string why)
    {
        await using var service = await MadeUpService.CreateAsync();

        var refused = await Assert.ThrowsAsync<MigrationException>(() =>
            service.MigrateAsync(First, ("0002_half.sql", $"CREATE TABLE half (id int);\n-- and then\n{failing}\n"), ("0003_never.sql", "CREATE TABLE never ();")));

        Assert.StartsWith($"{service.Name}: 0002_half.sql:{line}: ", refused.Message, StringComparison.Ordinal);
        Assert.True(refused.Message.Contains($"(SQLSTATE {state})", StringComparison.Ordinal), why);
        Assert.Equal(0, await CountAsync(service, "SELECT count(*) FROM pg_tables WHERE tablename IN ('half', 'never')"));
        Assert.Equal(1, await CountAsync(service, "SELECT count(*) FROM migrations.applied"));
    }

    [PostgresFact]
    public async Task A_file_that_failed_is_applied_once_it_is_right()
    {
        await using var service = await MadeUpService.CreateAsync();
        await Assert.ThrowsAsync<MigrationException>(() => service.MigrateAsync(First, ("0002_second.sql", "ALTER TABLE nosuch ADD COLUMN name text;")));

        Assert.Equal(["0002_second.sql"], (await service.MigrateAsync(First, Second)).Applied);
    }

    [PostgresFact]
    public async Task A_database_ahead_of_this_release_is_left_alone_and_said()
    {
        await using var service = await MadeUpService.CreateAsync();
        await service.MigrateAsync(First, Second);

        var older = await service.MigrateAsync(First);

        Assert.Empty(older.Applied);
        Assert.Equal(["0002_second.sql"], older.Newer);
    }

    [PostgresFact]
    public async Task Waiting_for_another_migrator_ends_when_it_is_cancelled()
    {
        await using var service = await MadeUpService.CreateAsync();
        await service.MigrateAsync();
        await using var other = await service.AdministratorAsync();
        await other.ExecuteAsync("SELECT pg_advisory_lock(hashtextextended('migrations', 0))");
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            service.MigrateAsync(service.Database(First), cancellationToken: cancellation.Token));
    }

    [PostgresFact]
    public async Task A_database_in_another_encoding_is_refused()
    {
        await using var service = await MadeUpService.CreateAsync();
        await using (var server = new NpgsqlConnection(await TestPostgres.GetAdminConnectionStringAsync()))
            await server.ExecuteAsync($"CREATE DATABASE {service.Name} TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'");

        var refused = await Assert.ThrowsAsync<MigrationException>(() => service.MigrateAsync(First));

        Assert.Contains("SQL_ASCII; it must be UTF8", refused.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_database_that_the_orchestrator_created_becomes_the_owners()
    {
        await using var service = await MadeUpService.CreateAsync();
        await using (var server = new NpgsqlConnection(await TestPostgres.GetAdminConnectionStringAsync()))
            await server.ExecuteAsync($"CREATE DATABASE {service.Name} TEMPLATE template0 ENCODING 'UTF8'");

        await service.MigrateAsync(First);

        Assert.Equal(1, await CountAsync(service, "SELECT count(*) FROM pg_database WHERE datname = current_database() AND pg_get_userbyid(datdba) = datname || '_owner'"));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named_with_the_service()
    {
        // Port 1 of the loopback: nobody listens there.
        var migrator = new DatabaseMigrator("Host=127.0.0.1;Port=1;Username=postgres;Timeout=5", TimeProvider.System);

        var refused = await Assert.ThrowsAsync<MigrationException>(() =>
            migrator.MigrateAsync(new ServiceDatabase("contracts", MigrationSet.Create([]), "secret")).Within(30));

        Assert.StartsWith("contracts: Failed to connect to 127.0.0.1:1", refused.Message, StringComparison.Ordinal);
    }

    private static ServiceDatabase WithCommon(MadeUpService service, (string, string)[] common, params (string, string)[] migrations) =>
        new(service.Name, MadeUpService.Files(migrations), MadeUpService.Password) { Platform = MadeUpService.Files(common) };

    private static async Task<long> CountAsync(MadeUpService service, string sql)
    {
        await using var administrator = await service.AdministratorAsync();
        return await administrator.ExecuteScalarAsync<long>(sql);
    }

    // Progress<T> reports on another thread, which may come after the assertions.
    private sealed class Recorder(List<MigrationProgress> told) : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value) => told.Add(value);
    }
}
