using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Local.Servers;
using Delegation.TestKit;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Delegation.Servers.Tests.PostgreSQL;

public sealed class Running_PostgreSQL : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [PostgresFact]
    public async Task It_starts_on_new_data_answers_and_shuts_down_in_order()
    {
        await using var run = await StartAsync("secret");
        await run.HealthyAsync();

        await run.StopAsync();

        Assert.Equal(0, run.Process.ExitCode);
        Assert.Contains("received fast shutdown request", run.Log, StringComparison.Ordinal);
        Assert.Contains("database system is shut down", run.Log, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Data_and_password_last_from_one_run_to_the_next()
    {
        await using (var first = await StartAsync("it's a \"secret\" {0} %"))
        {
            await first.HealthyAsync();
            await ScalarAsync<object>(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        }

        await using var second = await StartAsync("it's a \"secret\" {0} %");
        await second.HealthyAsync();

        Assert.Equal(42, await ScalarAsync<int>(second, "SELECT answer FROM kept"));
    }

    [PostgresFact]
    public async Task A_run_after_a_kill_recovers_its_data()
    {
        await using (var first = await StartAsync("secret", persistent: true))
        {
            await first.HealthyAsync();
            await ScalarAsync<object>(first, "CREATE TABLE kept AS SELECT 42 AS answer");
            first.Process.Kill();
            await first.Process.WaitForExitAsync().Within(10);
        }

        await using var second = await StartAsync("secret", persistent: true);
        await second.HealthyAsync();

        Assert.Equal(42, await ScalarAsync<int>(second, "SELECT answer FROM kept"));
    }

    [PostgresFact]
    public async Task Another_password_than_that_of_the_data_is_named_with_the_remedy()
    {
        await using (var first = await StartAsync("former"))
        {
            await first.HealthyAsync();
        }

        await using var second = await StartAsync("other");
        await Eventually.Async(async () => (await second.CheckAsync("pg_check")).Description!.Contains("28P01", StringComparison.Ordinal));

        var check = await second.CheckAsync("pg_check");
        Assert.Equal(HealthStatus.Unhealthy, check.Status);
        Assert.Contains("pg-secret", check.Description, StringComparison.Ordinal);
        Assert.Contains(second.Spec.WorkingDirectory, check.Description, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_refused_password_does_not_fill_the_log()
    {
        await using (var first = await StartAsync("former"))
        {
            await first.HealthyAsync();
        }

        await using var second = await StartAsync("other");
        await Eventually.Async(async () => (await second.CheckAsync("pg_check")).Description!.Contains("28P01", StringComparison.Ordinal));
        for (var again = 0; again < 5; again++)
        {
            await second.CheckAsync("pg_check");
        }

        await second.StopAsync();
        Assert.Single(second.Log.Split('\n'), line => line.Contains("password authentication failed", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task The_data_directory_is_named_after_the_version()
    {
        await using var run = await StartAsync("secret");
        await run.HealthyAsync();

        var version = await ScalarAsync<string>(run, "SELECT current_setting('server_version_num')");
        Assert.Equal(_folder.At($"pg/postgres-{int.Parse(version) / 10_000}"), await ScalarAsync<string>(run, "SHOW data_directory"));
    }

    [PostgresFact]
    public async Task Data_of_a_version_that_is_not_installed_is_left_alone_and_named()
    {
        Directory.CreateDirectory(_folder.At("pg/postgres-99"));

        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() => StartAsync("secret"));

        Assert.Contains("PostgreSQL 99", refused.Message, StringComparison.Ordinal);
        Assert.Contains("postgresql-99", refused.Message, StringComparison.Ordinal);
        Assert.Equal([_folder.At("pg/postgres-99")], Directory.GetDirectories(_folder.At("pg")));
    }

    [PostgresFact]
    public async Task Data_whose_creation_was_interrupted_is_created_again()
    {
        Directory.CreateDirectory(_folder.At("pg/postgres-15.new"));
        await File.WriteAllTextAsync(_folder.At("pg/postgres-15.new/PG_VERSION"), "15");
        File.SetUnixFileMode(_folder.At("pg/postgres-15.new"), (UnixFileMode)Convert.ToInt32("777", 8)); // the server's account made it

        await using var run = await StartAsync("secret");

        await run.HealthyAsync();
    }

    [PostgresFact]
    public async Task The_password_is_in_no_argument_and_in_no_file()
    {
        const string secret = "never-to-be-seen";
        await using var run = await StartAsync(secret);
        await run.HealthyAsync();

        Assert.DoesNotContain(secret, await File.ReadAllTextAsync($"/proc/{run.Process.Id}/cmdline"), StringComparison.Ordinal);
        var files = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories);
        Assert.DoesNotContain(files, file => file.EndsWith(".password", StringComparison.Ordinal));
        Assert.DoesNotContain(
            files.Where(file => new FileInfo(file).Length < 100_000),
            file => File.ReadAllText(file).Contains(secret, StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task It_listens_on_localhost_only_without_a_socket_file()
    {
        await using var run = await StartAsync("secret");
        await run.HealthyAsync();

        Assert.Equal("localhost", await ScalarAsync<string>(run, "SHOW listen_addresses"));
        Assert.Equal("", await ScalarAsync<string>(run, "SHOW unix_socket_directories"));
        Assert.Equal("UTF8", await ScalarAsync<string>(run, "SHOW server_encoding"));
        Assert.Equal("É", await ScalarAsync<string>(run, "SELECT upper('é')"));
    }

    [PostgresFact]
    public async Task It_never_runs_as_root()
    {
        await using var run = await StartAsync("secret");
        await run.HealthyAsync();

        var status = await File.ReadAllLinesAsync($"/proc/{run.Process.Id}/status");
        var uids = status.Single(line => line.StartsWith("Uid:", StringComparison.Ordinal));
        Assert.DoesNotContain("0", uids.Split('\t')[1..]);
    }

    [PostgresFact]
    public async Task Kept_data_is_synced_to_disk_and_disposable_data_is_not()
    {
        await using (var kept = await StartAsync("secret", persistent: true))
        {
            await kept.HealthyAsync();
            Assert.Equal("on", await ScalarAsync<string>(kept, "SHOW fsync"));
        }

        await using var disposable = await StartAsync("secret", persistent: false);
        await disposable.HealthyAsync();
        Assert.Equal("off", await ScalarAsync<string>(disposable, "SHOW fsync"));
    }

    [Fact]
    public async Task A_place_that_its_account_cannot_enter_is_named()
    {
        var account = OsAccount.InsteadOfRoot("postgres", "nobody");
        if (account is null)
        {
            return; // only root is somebody else than the server
        }

        File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() => StartAsync("secret"));

        Assert.Contains($"account '{account.Name}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.At("pg"), refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<ServerRun> StartAsync(string password, bool persistent = false)
    {
        var builder = ServerRun.NewApplication(_folder);
        var secret = builder.AddParameter("pg-secret", password, secret: true);
        var server = builder.AddPostgres("pg", password: secret);
        return await ServerRun.StartAsync(builder, server.Resource, _folder.At("pg"), persistent);
    }

    private static async Task<T> ScalarAsync<T>(ServerRun run, string sql)
    {
        var text = await ((IResourceWithConnectionString)run.Resource).ConnectionStringExpression.GetValueAsync(default);
        await using var source = NpgsqlDataSource.Create(text + ";Database=postgres");
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
