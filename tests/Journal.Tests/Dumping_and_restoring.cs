using System.Diagnostics;
using Dapper;
using Delegation.TestKit;
using Npgsql;

namespace Delegation.Journal.Tests;

public sealed class Dumping_and_restoring
{
    [PostgresFact]
    public async Task A_restored_journal_is_valid_and_goes_on_where_it_was_and_followers_with_it()
    {
        await using var original = await JournalDatabase.CreateAsync();
        await using (var host = await JournalHost.StartAsync(original))
        {
            using var follower = new RecordingFollower(original, host.Client);
            await follower.StartAsync(CancellationToken.None);
            await original.ChangeAsync(30, owner: 1);
            await Eventually.Async(async () => await original.AskAsync<long>("SELECT count(*) FROM applied") == 30);
            await follower.StopAsync(CancellationToken.None);
        }

        await original.ChangeAsync(7, owner: 1); // nobody is there to seal them
        await using var restored = await JournalDatabase.CreateEmptyAsync();
        var dump = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.dump");
        try
        {
            await RunAsync("pg_dump", original.AdminConnectionString, "--format=custom", $"--file={dump}");
            await RunAsync("pg_restore", restored.AdminConnectionString, $"--dbname={Database(restored)}", "--exit-on-error", dump);
        }
        finally
        {
            File.Delete(dump);
        }

        await using var again = await JournalHost.StartAsync(restored);
        using var following = new RecordingFollower(restored, again.Client);
        await following.StartAsync(CancellationToken.None);
        await restored.ChangeAsync(20, owner: 1);
        await Eventually.Async(async () => await restored.AskAsync<long>("SELECT count(*) FROM applied") == 57);
        await following.StopAsync(CancellationToken.None);

        await using var connection = await restored.Administrator.OpenConnectionAsync();
        Assert.Equal(Enumerable.Range(1, 57).Select(position => (long)position), await connection.QueryAsync<long>("SELECT position FROM applied ORDER BY number"));
        using var verification = JournalCommand.Start(restored.AdminConnectionString);
        Assert.Equal((0, "Valid"), await verification.ResultAsync());
    }

    private static string Database(JournalDatabase database) => new NpgsqlConnectionStringBuilder(database.AdminConnectionString).Database!;

    private static async Task RunAsync(string program, string server, params string[] arguments)
    {
        var connection = new NpgsqlConnectionStringBuilder(server);
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardError = true,
            Environment =
            {
                ["PGHOST"] = connection.Host, ["PGPORT"] = $"{connection.Port}", ["PGUSER"] = connection.Username, ["PGPASSWORD"] = connection.Password, ["PGDATABASE"] = connection.Database,
            },
        })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().Within(60);
        Assert.True(process.ExitCode == 0, errors);
    }
}
