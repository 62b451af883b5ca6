#if OWN_CLUSTER
using System.Diagnostics;
using Dapper;
using Delegation.Persistence;
using Delegation.Persistence.Journal;
using Delegation.TestKit;
using Delegation.TestKit.Hosting;
using Npgsql;
using Xunit.Abstractions;

namespace Delegation.Journal.Tests;

public sealed class Killing_everything_again_and_again(ITestOutputHelper output)
{
    private const int Entries = 20_000;
    private static readonly string[] FollowerNames = ["first", "second", "third"];

    [PostgresFact]
    public async Task Every_follower_applies_each_entry_once_and_the_revisions_of_each_object_in_order()
    {
        var clock = Stopwatch.StartNew();
        await using var server = await OwnPostgres.StartNewAsync();
        await new DatabaseMigrator(server.AdminConnectionString, TimeProvider.System).MigrateAsync(JournalDatabase.Description(name: null));
        string Connection(string role) => new NpgsqlConnectionStringBuilder(server.AdminConnectionString)
        {
            Database = JournalDatabase.Service, Username = role, Password = JournalDatabase.Password, MaxPoolSize = 5, Timeout = 5, CommandTimeout = 10,
        }.ConnectionString;

        // Two replicas of the service, one of which seals; followers of each; eight writers, two to a process.
        var ports = new[] { KillableProcess.FreePort(), KillableProcess.FreePort() };
        var system = ("ConnectionStrings__system", Connection(JournalDatabase.Service + "_system"));
        KillableProcess[] services = [.. ports.Select(port => new KillableProcess("JournalProcess.dll", ["service"], system, ("GRPC_PORT", $"{port}")))];
        KillableProcess[] followers = [.. FollowerNames.Select((name, i) =>
            new KillableProcess("JournalProcess.dll", ["follower", name], system, ("services__source__grpc__0", $"http://localhost:{ports[i % 2]}")))];
        KillableProcess[] writers = [.. Enumerable.Range(0, 4).Select(_ => new KillableProcess("JournalProcess.dll", ["writer", "2"], ("ConnectionStrings__database", Connection(JournalDatabase.Service))))];
        KillableProcess[] all = [.. services, .. followers, .. writers];
        await using var administrator = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.AdminConnectionString) { Database = JournalDatabase.Service, Timeout = 5 });
        try
        {
            foreach (var process in all)
                process.Start();

            var random = new Random(20260314);
            var serverKills = 0;
            for (long written = 0; written < Entries; written = await CountAsync(administrator, written))
            {
                Assert.True(clock.Elapsed < TimeSpan.FromSeconds(75), $"{written} entries only after {clock.Elapsed}");
                await Task.Delay(random.Next(1500, 3500));
                var victim = random.Next(2) == 0 ? random.Next(services.Length + followers.Length) : random.Next(all.Length);
                all[victim].Kill();
                all[victim].Start();
                if (written > Entries * (serverKills + 1) / 3 && serverKills < 2)
                {
                    serverKills++;
                    await server.KillAsync();
                    await server.StartAsync();
                }
            }

            output.WriteLine($"written after {clock.Elapsed}");
            foreach (var writer in writers)
                writer.Kill();

            await Eventually.Async(async () => await FollowersLackAsync(administrator) == 0, TimeSpan.FromSeconds(40));
            output.WriteLine($"applied after {clock.Elapsed}; {all.Sum(process => process.Starts - 1)} processes and {serverKills} times the server killed");
        }
        finally
        {
            foreach (var process in all)
                process.Dispose();
        }

        await using var connection = await administrator.OpenConnectionAsync();
        var total = await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM journal");
        Assert.InRange(total, Entries, long.MaxValue);
        Assert.Equal((total, total, 0L), await connection.QuerySingleAsync<(long, long, long)>("SELECT count(*), max(position), (SELECT count(*) FROM pending) FROM seal"));

        // What was applied, in the order in which it was.
        foreach (var follower in FollowerNames)
        {
            var applied = (await connection.QueryAsync<(long Position, Guid Thing, long Revision)>("SELECT position, object_id, revision FROM applied WHERE follower = @follower ORDER BY number", new { follower })).ToList();
            Assert.Equal(Enumerable.Range(1, (int)total).Select(position => (long)position), applied.Select(entry => entry.Position));
            Assert.All(applied.GroupBy(entry => entry.Thing), thing => Assert.Equal(Enumerable.Range(1, thing.Count()).Select(revision => (long)revision), thing.Select(entry => entry.Revision)));
        }

        // Nothing that a thing says of itself is missing in the journal.
        Assert.Equal(total, await connection.ExecuteScalarAsync<long>("SELECT sum(revision)::bigint FROM thing"));
        Assert.Null((await new JournalVerification(administrator).VerifyAsync([])).Fault);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(90), $"it took {clock.Elapsed}");
    }

    private static async Task<long> FollowersLackAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("SELECT 3 * (SELECT count(*) FROM journal) - (SELECT count(*) FROM applied)");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>How many entries there are; as many as before while the server is down.</summary>
    private static async Task<long> CountAsync(NpgsqlDataSource database, long before)
    {
        try
        {
            await using var command = database.CreateCommand("SELECT count(*) FROM journal");
            return (long)(await command.ExecuteScalarAsync())!;
        }
        catch (NpgsqlException)
        {
            return before;
        }
    }
}
#endif
