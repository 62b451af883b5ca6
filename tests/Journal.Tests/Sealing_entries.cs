using Dapper;
using Delegation.JournalProcess;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.TestKit;
using Google.Protobuf.WellKnownTypes;
using Npgsql;

namespace Delegation.Journal.Tests;

public sealed class Sealing_entries
{
    private static readonly Guid Owner = Things.Owner(0);

    [PostgresFact]
    public async Task Many_writers_at_once_get_dense_positions_one_chain_per_owner_and_revisions_in_order()
    {
        await using var database = await JournalDatabase.CreateAsync();
        await using var host = await JournalHost.StartAsync(database);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
                await Things.ChangeAsync(database.Sessions, Things.Owner(i), writer + i, CancellationToken.None);
        }))).Within(60);

        var entries = await host.FollowAsync(after: 0, count: 600);
        Assert.Equal(Enumerable.Range(1, 600).Select(position => (long)position), entries.Select(entry => entry.Position));
        Assert.All(entries.GroupBy(entry => entry.OwnerId), chain => Assert.Equal(Enumerable.Range(1, chain.Count()).Select(place => (long)place), chain.Select(entry => entry.OwnerPosition)));
        Assert.All(entries.GroupBy(entry => entry.ObjectId), thing => Assert.Equal(Enumerable.Range(1, thing.Count()).Select(revision => (long)revision), thing.Select(entry => entry.Revision)));
        Assert.Null((await new JournalVerification(database.Administrator).VerifyAsync([])).Fault);
    }

    [PostgresFact]
    public async Task An_entry_committed_late_is_sealed_after_those_that_overtook_it()
    {
        await using var database = await JournalDatabase.CreateAsync();
        await using var host = await JournalHost.StartAsync(database);
        await using var slow = await database.Sessions.OpenAsync(new Caller(Owner, Owner, new HashSet<string>()));
        var late = Guid.CreateVersion7();
        await slow.AppendAsync(new JournalEvent(Owner, null, null, Visibility.Both, "late", late, 1, new Empty()), TimeProvider.System);

        await database.ChangeAsync(3);
        await database.UntilAllSealedAsync();
        await slow.CommitAsync();

        Assert.Equal(late.ToString(), (await host.FollowAsync(after: 0, count: 4))[3].ObjectId);
    }

    [PostgresFact]
    public async Task When_the_sealer_loses_its_connection_another_replica_takes_over()
    {
        await using var database = await JournalDatabase.CreateAsync();
        await using var first = await JournalHost.StartAsync(database);
        await database.ChangeAsync(1);
        await database.UntilAllSealedAsync();
        await using var second = await JournalHost.StartAsync(database);

        for (var round = 0; round < 3; round++)
        {
            await database.AskAsync<long>("SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
            await database.ChangeAsync(10);
            await database.UntilAllSealedAsync();
        }

        Assert.Equal((31L, 31L), (await database.AskAsync<long>("SELECT count(*) FROM seal"), await database.AskAsync<long>("SELECT max(position) FROM seal")));
    }

    [PostgresFact]
    public async Task A_transaction_left_open_elsewhere_delays_nobody()
    {
        await using var database = await JournalDatabase.CreateAsync();
        await using var host = await JournalHost.StartAsync(database);
        await using var elsewhere = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.AdminConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        await using var here = await database.Administrator.OpenConnectionAsync();
        await LeaveOpenAsync(elsewhere);
        await LeaveOpenAsync(here);

        // Slower by each entry before it, the last would come much later than the first.
        await database.ChangeAsync(500);
        await database.UntilAllSealedAsync();
        await database.ChangeAsync(1);
        await Eventually.Async(async () => await database.AskAsync<long>("SELECT count(*) FROM pending") == 0, TimeSpan.FromSeconds(1));

        static async Task LeaveOpenAsync(NpgsqlConnection connection)
        {
            if (connection.State != System.Data.ConnectionState.Open)
                await connection.OpenAsync();

            await connection.ExecuteAsync("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT pg_current_xact_id(), count(*) FROM pg_class;");
        }
    }

    [PostgresFact]
    public async Task The_search_for_pending_entries_starts_above_all_that_can_still_appear_and_not_below_it()
    {
        await using var database = await JournalDatabase.CreateAsync();
        await using var connection = await database.System.OpenConnectionAsync();
        await using var elsewhere = await database.Administrator.OpenConnectionAsync();
        await elsewhere.ExecuteAsync("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT pg_current_xact_id();");
        var floor = new PendingFloor(connection, new HurriedClock());
        await using var slow = await database.Sessions.OpenAsync(new Caller(Owner, Owner, new HashSet<string>()));
        await slow.AppendAsync(new JournalEvent(Owner, null, null, Visibility.Both, "late", Owner, 1, new Empty()), TimeProvider.System);
        await slow.SendLaterAsync(CancellationToken.None); // number 1
        await database.ChangeAsync(5); // numbers 2 to 6

        await LookAsync(lowest: null);
        Assert.Equal(0, floor.Seq); // a writer holds a number that may still appear

        await slow.CommitAsync();
        await LookAsync(lowest: 1);
        Assert.Equal(0, floor.Seq); // it has appeared, and is to be sealed first

        await LookAsync(lowest: null);
        Assert.Equal(6, floor.Seq);

        async Task LookAsync(long? lowest)
        {
            await floor.LookAsync(CancellationToken.None);
            floor.Seen(lowest);
        }
    }

    [PostgresFact]
    public async Task An_entry_whose_payload_is_erased_stays_in_a_valid_chain()
    {
        await using var database = await JournalDatabase.CreateAsync();
        await using var host = await JournalHost.StartAsync(database);
        await database.ChangeAsync(5);
        await database.UntilAllSealedAsync();

        await using (var session = await database.SystemSessions.OpenAsync())
        {
            Assert.True(await session.FindAsync<bool>("SELECT erase_journal_payload(entry_id) FROM seal WHERE position = 2"));
            await session.CommitAsync();
        }

        var report = await new JournalVerification(database.Administrator).VerifyAsync([]);
        Assert.Equal((null, 5L, 1L), (report.Fault, report.Entries, report.Erased));
        Assert.Equal([true, false, true, true, true], (await host.FollowAsync(after: 0, count: 5)).Select(entry => entry.HasPayload));
    }

    /// <summary>Seconds pass whenever somebody looks.</summary>
    private sealed class HurriedClock : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _seconds += 10;
    }
}
