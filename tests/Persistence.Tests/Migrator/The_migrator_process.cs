using Dapper;
using Delegation.TestKit;
using Npgsql;

namespace Delegation.Persistence.Tests.Migrator;

public sealed class The_migrator_process
{
    private static readonly string[] Services = ["contracts", "delivery", "reporting", "watch"];

    [Fact]
    public async Task A_missing_setting_ends_it_with_a_message_that_names_the_setting()
    {
        using var withoutPasswords = new MigratorProcess(("ConnectionStrings__postgres", "Host=127.0.0.1"));
        using var withoutServer = new MigratorProcess(Passwords());

        Assert.Equal(1, await withoutPasswords.ExitCodeAsync());
        Assert.Equal(1, await withoutServer.ExitCodeAsync());
        Assert.Contains("Passwords:contracts is missing", withoutPasswords.Output, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings:postgres is missing", withoutServer.Output, StringComparison.Ordinal);
    }

    [PostgresFact]
    public Task It_tells_its_progress_as_health_and_ends_with_zero_when_every_database_is_ready() => AloneAsync(async server =>
    {
        using (var first = new MigratorProcess([("ConnectionStrings__postgres", server), .. Passwords()]))
            Assert.True(await first.ExitCodeAsync() == 0, first.Output);

        // Another migrator seems to be at work in one database.
        await using var other = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Database = "contracts" }.ConnectionString);
        await other.OpenAsync();
        await other.ExecuteAsync("SELECT pg_advisory_lock(hashtextextended('migrations', 0))");

        using var second = new MigratorProcess([("ConnectionStrings__postgres", server), .. Passwords()]);
        await second.UntilHealthAsync("Degraded", @"^contracts: waiting; delivery: (\d+) of \1 applied; reporting: (\d+) of \2 applied; watch: (\d+) of \3 applied$");
        await other.CloseAsync();

        Assert.True(await second.ExitCodeAsync() == 0, second.Output);
        Assert.Contains("contracts: ready", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("applied 0001", second.Output, StringComparison.Ordinal);
    });

    [PostgresFact]
    public Task One_database_that_fails_ends_it_with_one_and_leaves_the_others_ready() => AloneAsync(async server =>
    {
        using var migrator = new MigratorProcess([("ConnectionStrings__postgres", server), .. Passwords(), ("Passwords__watch", "clé")]);

        Assert.True(await migrator.ExitCodeAsync() == 1, migrator.Output);
        Assert.Contains("watch: a database password has printable ASCII characters only", migrator.Output, StringComparison.Ordinal);
        Assert.All(Services[..3], service => Assert.Contains($"{service}: ready", migrator.Output, StringComparison.Ordinal));
    });

    // Those of all tests: roles exist once per server, and other test processes are logging in.
    private static (string, string)[] Passwords() =>
        [.. Services.SelectMany(service => new[] { ($"Passwords__{service}", service), ($"Passwords__{service}_system", $"{service}_system") })];

    /// <summary>
    /// The names of the platform's databases and roles exist once per server, which test processes share. Building a template
    /// is what TestKit does one at a time over all of them; what is built here is thrown away.
    /// </summary>
    private static async Task AloneAsync(Func<string, Task> test)
    {
        var server = new NpgsqlConnectionStringBuilder(await TestPostgres.GetAdminConnectionStringAsync()) { Database = "postgres", Pooling = false }.ConnectionString;
        await using var nothing = await TestPostgres.CreateDatabaseAsync(
            "alone",
            async _ =>
            {
                await using var administrator = new NpgsqlConnection(server);
                var before = await administrator.QueryAsync<string>("SELECT datname FROM pg_database");
                try
                {
                    await test(server);
                }
                finally
                {
                    foreach (var service in Services.Except(before))
                        await administrator.ExecuteAsync($"DROP DATABASE IF EXISTS {service} WITH (FORCE)");
                }
            },
            contents: Guid.NewGuid().ToString());
    }
}
