using Dapper;
using Delegation.Journal.V1;
using Delegation.JournalProcess;
using Delegation.TestKit;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Delegation.Journal.Tests;

public sealed class Following_a_journal
{
    [PostgresFact]
    public async Task What_happens_later_is_streamed_without_asking_again()
    {
        await using var database = await JournalDatabase.CreateAsync();
        await using var host = await JournalHost.StartAsync(database);
        var all = host.FollowAsync(after: 0, count: 3);

        await database.ChangeAsync(1);
        await database.UntilAllSealedAsync();
        await database.ChangeAsync(2);

        Assert.Equal([1L, 2L, 3L], (await all.Within(20)).Select(entry => entry.Position));
    }

    [PostgresFact]
    public async Task Whoever_starts_at_the_end_is_told_at_once_where_that_is_and_gets_what_comes_then()
    {
        await using var database = await JournalDatabase.CreateAsync();
        await using var host = await JournalHost.StartAsync(database);
        await database.ChangeAsync(3);
        await database.UntilAllSealedAsync();

        using var call = host.Client.Follow(new FollowRequest { FromEnd = true }, deadline: DateTime.UtcNow.AddSeconds(20));
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).Within(10));
        Assert.Equal((0, 3L), (call.ResponseStream.Current.Entries.Count, call.ResponseStream.Current.Position));

        await database.ChangeAsync(1);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).Within(10));
        Assert.Equal(4L, Assert.Single(call.ResponseStream.Current.Entries).Position);
        Assert.Equal(4L, call.ResponseStream.Current.Position);
    }

    [PostgresFact]
    public async Task Each_entry_takes_effect_once_however_often_the_follower_starts_again()
    {
        await using var database = await JournalDatabase.CreateAsync();
        await using var host = await JournalHost.StartAsync(database);

        for (var round = 1; round <= 3; round++)
        {
            using var follower = new RecordingFollower(database, host.Client);
            await follower.StartAsync(CancellationToken.None);
            await database.ChangeAsync(10, owner: round);
            await UntilAppliedAsync(database, 10 * round);
            await follower.StopAsync(CancellationToken.None);
        }

        Assert.Equal(30, await database.AskAsync<long>("SELECT count(DISTINCT position) FROM applied"));
    }

    [PostgresFact]
    public async Task What_is_applied_is_written_in_the_name_of_the_entrys_owner()
    {
        await using var database = await JournalDatabase.CreateAsync();
        await using var host = await JournalHost.StartAsync(database);
        await database.ChangeAsync(1, owner: 3);
        await database.ChangeAsync(1, owner: 4);

        using var follower = new RecordingFollower(database, host.Client);
        await follower.StartAsync(CancellationToken.None);
        await UntilAppliedAsync(database, 2);
        await follower.StopAsync(CancellationToken.None);

        await using var connection = await database.Administrator.OpenConnectionAsync();
        Assert.Equal(
            [Things.Owner(3).ToString(), Things.Owner(4).ToString()],
            await connection.QueryAsync<string>("SELECT follower FROM applied ORDER BY position"));
        Assert.Equal("revision 1", follower.Seen.First().Entry.EventAs<StringValue>()!.Value);
        Assert.Null(follower.Seen.First().Entry.EventAs<Empty>());
    }

    [PostgresFact]
    public async Task An_entry_that_fails_is_tried_again_and_holds_up_what_comes_after_but_not_what_came_before()
    {
        await using var database = await JournalDatabase.CreateAsync();
        await using var host = await JournalHost.StartAsync(database);
        await database.ChangeAsync(5);
        await database.UntilAllSealedAsync();
        var broken = true;

        using var follower = new RecordingFollower(database, host.Client, fails: entry => entry.Position == 3 && Volatile.Read(ref broken));
        await follower.StartAsync(CancellationToken.None);
        await Eventually.True(() => follower.Seen.Count(entry => entry.Position == 3) >= 3);
        Assert.Equal(2, await database.AskAsync<long>("SELECT count(*) FROM applied"));

        Volatile.Write(ref broken, false);
        await UntilAppliedAsync(database, 5);
        await follower.StopAsync(CancellationToken.None);
        Assert.Equal(5, await database.AskAsync<long>("SELECT max(position) FROM follower_position"));
    }

    [PostgresFact]
    public async Task Of_two_replicas_of_a_follower_one_applies()
    {
        await using var database = await JournalDatabase.CreateAsync();
        await using var host = await JournalHost.StartAsync(database);
        using var first = new RecordingFollower(database, host.Client);
        using var second = new RecordingFollower(database, host.Client);
        await first.StartAsync(CancellationToken.None);
        await second.StartAsync(CancellationToken.None);

        await database.ChangeAsync(20);
        await UntilAppliedAsync(database, 20);

        Assert.Equal(20, first.Seen.Count + second.Seen.Count);
        Assert.Contains(0, new[] { first.Seen.Count, second.Seen.Count });
        await first.StopAsync(CancellationToken.None);
        await second.StopAsync(CancellationToken.None);
    }

    [PostgresFact]
    public async Task A_journal_that_is_not_the_one_followed_before_is_refused()
    {
        await using var database = await JournalDatabase.CreateAsync();
        await using var host = await JournalHost.StartAsync(database);
        await database.ChangeAsync(2);
        await database.UntilAllSealedAsync();

        Assert.Equal((StatusCode.FailedPrecondition, "JOURNAL_BEHIND_FOLLOWER"), await RefusalAsync(host, new FollowRequest { AfterPosition = 3 }));
        Assert.Equal((StatusCode.FailedPrecondition, "JOURNAL_DIVERGED"), await RefusalAsync(host, new FollowRequest { AfterPosition = 2, AfterHash = ByteString.CopyFrom(new byte[32]) }));
        Assert.Equal((StatusCode.InvalidArgument, "INVALID_FIELDS"), await RefusalAsync(host, new FollowRequest { AfterPosition = -1 }));
    }

    [PostgresFact]
    public async Task Steps_of_long_ago_are_forgotten()
    {
        await using var database = await JournalDatabase.CreateAsync();
        var positions = new Persistence.Journal.FollowerPositions("follower", TimeProvider.System);
        var position = default(Persistence.Journal.FollowerPosition);
        for (var step = 1; step <= 600; step++)
        {
            await using var session = await database.SystemSessions.OpenAsync();
            var next = new Persistence.Journal.FollowerPosition(step * 2, new byte[32]);
            await positions.SaveAsync(session, position, next, CancellationToken.None);
            await session.CommitAsync();
            position = next;
        }

        Assert.Equal(1200, (await positions.LastAsync(database.SystemSessions, CancellationToken.None)).Position);
        Assert.InRange(await database.AskAsync<long>("SELECT count(*) FROM follower_position"), 1, 300);
    }

    private static Task UntilAppliedAsync(JournalDatabase database, long count) =>
        Eventually.Async(async () => await database.AskAsync<long>("SELECT count(*) FROM applied") == count, what: $"{count} applied");

    private static async Task<(StatusCode, string)> RefusalAsync(JournalHost host, FollowRequest request)
    {
        using var call = host.Client.Follow(request);
        var refusal = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None).Within(20));
        var status = Google.Rpc.Status.Parser.ParseFrom(refusal.Trailers.GetValueBytes("grpc-status-details-bin"));
        return (refusal.StatusCode, status.Details[0].Unpack<Google.Rpc.ErrorInfo>().Reason);
    }
}
