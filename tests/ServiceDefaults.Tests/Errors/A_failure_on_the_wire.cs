using System.Data.Common;
using Delegation.Probe.V1;
using Delegation.TestKit;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Delegation.ServiceDefaults.Tests.Errors;

public sealed class A_failure_on_the_wire
{
    private const string Secret = "password of db.internal is hunter2";

    [Theory]
    [MemberData(nameof(KindsOfCall))]
    public async Task An_exception_keeps_its_text_and_is_logged_once_with_the_trace_id_that_the_caller_gets(string kind)
    {
        await using var host = await ProbeHost.StartAsync();
        var failure = new InvalidOperationException(Secret);
        host.Handlers.Ask = (_, _) => throw failure;
        host.Handlers.Follow = (_, _, _) => throw failure;
        host.Handlers.Upload = (_, _) => throw failure;
        host.Handlers.Talk = (_, _, _) => throw failure;

        var failed = await Assert.ThrowsAsync<RpcException>(() => CallAsync(host, kind).Within(10));

        Assert.Equal((StatusCode.Internal, "INTERNAL"), (failed.StatusCode, failed.Reason()));
        Assert.Equal(32, failed.Detail<RequestInfo>().RequestId.Length);
        Assert.DoesNotContain("hunter2", failed.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(failed.Trailers, trailer =>
            (trailer.IsBinary ? ByteString.CopyFrom(trailer.ValueBytes).ToStringUtf8() : trailer.Value).Contains("hunter2", StringComparison.Ordinal));
        var logged = Assert.Single(host.Logs.Entries, entry => entry.Level >= LogLevel.Warning);
        Assert.Equal((LogLevel.Error, "CallFailed"), (logged.Level, logged.EventId.Name));
        Assert.Same(failure, logged.Exception);
    }

    public static TheoryData<string> KindsOfCall => ["unary", "server streaming", "client streaming", "duplex"];

    [Fact]
    public async Task What_another_service_answered_us_is_not_what_we_answer()
    {
        await using var host = await ProbeHost.StartAsync();
        host.Handlers.Ask = (_, _) => throw new RpcException(new Grpc.Core.Status(StatusCode.NotFound, Secret));

        var failed = await AskAsync(host);

        Assert.Equal((StatusCode.Internal, "INTERNAL"), (failed.StatusCode, failed.Reason()));
        Assert.DoesNotContain("hunter2", failed.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, StatusCode.Unavailable, "SERVICE_UNAVAILABLE")]
    [InlineData(StatusCode.DeadlineExceeded, StatusCode.DeadlineExceeded, "DEADLINE_EXCEEDED")]
    [InlineData(StatusCode.PermissionDenied, StatusCode.Internal, "INTERNAL")]
    public async Task A_service_that_we_need_and_that_is_away_makes_us_unavailable(StatusCode theirs, StatusCode ours, string reason)
    {
        await using var host = await ProbeHost.StartAsync();
        host.Handlers.Ask = (_, _) => throw new RpcException(new Grpc.Core.Status(theirs, Secret));

        var failed = await AskAsync(host);

        Assert.Equal((ours, reason), (failed.StatusCode, failed.Reason()));
    }

    [Fact]
    public async Task A_database_that_nobody_serves_makes_us_unavailable()
    {
        await using var nowhere = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={ClosedPort.Find()};Username=x;Password=hunter2;Timeout=2");
        await using var host = await ProbeHost.StartAsync();
        host.Handlers.Ask = async (_, context) =>
        {
            await using var connection = await nowhere.OpenConnectionAsync(context.CancellationToken);
            return new Answer();
        };

        var failed = await AskAsync(host);

        Assert.Equal((StatusCode.Unavailable, "DATABASE_UNAVAILABLE"), (failed.StatusCode, failed.Reason()));
        var logged = Assert.Single(host.Logs.Entries, entry => entry.Level >= LogLevel.Warning);
        Assert.Equal((LogLevel.Warning, "CallCouldNotBeServed"), (logged.Level, logged.EventId.Name));
    }

    [PostgresTheory]
    [InlineData("Command Timeout=1", "SELECT pg_sleep(30)")]
    [InlineData("Options=-c statement_timeout=100", "SELECT pg_sleep(30)")]
    [InlineData("Application Name=severed", "SELECT pg_terminate_backend(pg_backend_pid())")]
    public async Task A_database_that_is_too_slow_or_goes_away_makes_us_unavailable(string setting, string statement)
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create($"{database.AdminConnectionString};{setting}");
        await using var host = await ProbeHost.StartAsync();
        host.Handlers.Ask = async (_, context) =>
        {
            await using var command = source.CreateCommand(statement);
            await command.ExecuteScalarAsync(context.CancellationToken);
            return new Answer();
        };

        var failed = await AskAsync(host);

        Assert.Equal((StatusCode.Unavailable, "DATABASE_UNAVAILABLE"), (failed.StatusCode, failed.Reason()));
    }

    [Theory]
    [InlineData("40001", StatusCode.Aborted, "CONCURRENT_TRANSACTIONS")]
    [InlineData("40P01", StatusCode.Aborted, "CONCURRENT_TRANSACTIONS")]
    [InlineData("57014", StatusCode.Unavailable, "DATABASE_UNAVAILABLE")]
    [InlineData("57P01", StatusCode.Unavailable, "DATABASE_UNAVAILABLE")]
    [InlineData("23505", StatusCode.Internal, "INTERNAL")]
    public async Task The_database_s_own_code_decides(string sqlState, StatusCode status, string reason)
    {
        await using var host = await ProbeHost.StartAsync();
        host.Handlers.Ask = (_, _) => throw new DatabaseFailure(sqlState);

        var failed = await AskAsync(host);

        Assert.Equal((status, reason), (failed.StatusCode, failed.Reason()));
    }

    [Fact]
    public async Task A_call_that_takes_too_long_exceeds_its_deadline_and_nobody_is_alarmed()
    {
        await using var host = await ProbeHost.StartAsync();
        var seen = new TaskCompletionSource();
        host.Handlers.Ask = async (_, context) =>
        {
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(30), context.CancellationToken);
            }
            finally
            {
                seen.SetResult();
            }
            return new Answer();
        };

        var failed = await Assert.ThrowsAsync<RpcException>(() => host.Client.AskAsync(
            new Question(), deadline: DateTime.UtcNow.AddSeconds(0.5)).ResponseAsync.Within(10));

        Assert.Equal(StatusCode.DeadlineExceeded, failed.StatusCode);
        await seen.Task.Within(10);
        await NobodyIsAlarmedAsync(host);
    }

    [Fact]
    public async Task A_caller_who_leaves_stops_the_work_and_nobody_is_alarmed()
    {
        await using var host = await ProbeHost.StartAsync();
        var (started, stopped) = (new TaskCompletionSource(), new TaskCompletionSource());
        host.Handlers.Ask = async (_, context) =>
        {
            started.SetResult();
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(30), context.CancellationToken);
            }
            finally
            {
                stopped.SetResult();
            }
            return new Answer();
        };
        using var leave = new CancellationTokenSource();

        var call = host.Client.AskAsync(new Question(), cancellationToken: leave.Token).ResponseAsync;
        await started.Task.Within(10);
        await leave.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call.Within(10))).StatusCode);
        await stopped.Task.Within(10);
        await NobodyIsAlarmedAsync(host);
    }

    [Fact]
    public async Task A_message_larger_than_four_mebibytes_is_refused_in_both_directions()
    {
        await using var host = await ProbeHost.StartAsync();
        host.Handlers.Change = (_, _) => Task.FromResult(new Answer { Text = new string('x', 4 * 1024 * 1024) });

        var sent = await Assert.ThrowsAsync<RpcException>(() => host.Client.AskAsync(
            new Question { Text = new string('x', 4 * 1024 * 1024) }).ResponseAsync.Within(10));
        var received = await Assert.ThrowsAsync<RpcException>(() => host.Client.ChangeAsync(new Question()).ResponseAsync.Within(10));

        Assert.Equal((StatusCode.ResourceExhausted, StatusCode.ResourceExhausted), (sent.StatusCode, received.StatusCode));
    }

    // The entry is written after the caller has its answer, so an alarm would come a moment later.
    private static async Task NobodyIsAlarmedAsync(ProbeHost host)
    {
        await Eventually.True(() => host.Logs.Entries.Any(entry => entry.EventId.Name == "CallAbandoned"));
        Assert.DoesNotContain(host.Logs.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    private static Task<RpcException> AskAsync(ProbeHost host) =>
        Assert.ThrowsAsync<RpcException>(() => host.Client.AskAsync(new Question()).ResponseAsync.Within(20));

    private static async Task CallAsync(ProbeHost host, string kind)
    {
        switch (kind)
        {
            case "unary":
                await host.Client.AskAsync(new Question());
                break;
            case "server streaming":
                using (var call = host.Client.Follow(new Question()))
                    await call.ResponseStream.MoveNext(CancellationToken.None);
                break;
            case "client streaming":
                using (var call = host.Client.Upload())
                    await call.ResponseAsync;
                break;
            default:
                using (var call = host.Client.Talk())
                    await call.ResponseStream.MoveNext(CancellationToken.None);
                break;
        }
    }

    private sealed class DatabaseFailure(string sqlState) : DbException(Secret)
    {
        public override string SqlState { get; } = sqlState;
    }
}
