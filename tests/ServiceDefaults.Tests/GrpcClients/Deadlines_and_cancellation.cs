using Delegation.Probe.V1;
using Delegation.TestKit;
using Grpc.Core;

namespace Delegation.ServiceDefaults.Tests.GrpcClients;

public sealed class Deadlines_and_cancellation
{
    [Fact]
    public async Task A_service_that_is_called_in_turn_gets_what_is_left_of_the_deadline()
    {
        await using var pair = await ServicePair.StartAsync();
        var left = SeenBy(pair.Back);

        await pair.Front.Client.AskAsync(new Question(), deadline: DateTime.UtcNow.AddSeconds(5)).ResponseAsync.Within(10);

        Assert.InRange((await left.Within(10)).TotalSeconds, 0, 5);
    }

    [Fact]
    public async Task A_longer_deadline_than_the_default_is_passed_on_as_it_is()
    {
        await using var pair = await ServicePair.StartAsync(("Grpc:DefaultDeadlineSeconds", "2"));
        var left = SeenBy(pair.Back);

        await pair.Front.Client.AskAsync(new Question(), deadline: DateTime.UtcNow.AddSeconds(60)).ResponseAsync.Within(10);

        Assert.InRange((await left.Within(10)).TotalSeconds, 30, 60);
    }

    [Fact]
    public async Task A_call_without_a_deadline_gets_the_default()
    {
        await using var pair = await ServicePair.StartAsync(("Grpc:DefaultDeadlineSeconds", "7"));
        var left = SeenBy(pair.Back);

        await pair.Front.Client.AskAsync(new Question()).ResponseAsync.Within(10);

        Assert.InRange((await left.Within(10)).TotalSeconds, 4, 7);
    }

    [Fact]
    public async Task A_call_outside_of_any_other_gets_the_default_of_ten_seconds()
    {
        await using var pair = await ServicePair.StartAsync();
        var left = SeenBy(pair.Back);

        await pair.BackClient.AskAsync(new Question()).ResponseAsync.Within(10);

        Assert.InRange((await left.Within(10)).TotalSeconds, 7, 10);
    }

    [Fact]
    public async Task A_stream_from_the_server_may_last()
    {
        await using var pair = await ServicePair.StartAsync(("Grpc:DefaultDeadlineSeconds", "1"));
        var seen = new TaskCompletionSource<DateTime>();
        pair.Back.Handlers.Follow = (_, _, context) =>
        {
            seen.SetResult(context.Deadline);
            return Task.CompletedTask;
        };

        using var call = pair.BackClient.Follow(new Question());

        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None).Within(10));
        Assert.Equal(DateTime.MaxValue, await seen.Task.Within(10));
    }

    [Fact]
    public async Task A_service_that_hangs_does_not_make_its_callers_hang()
    {
        await using var pair = await ServicePair.StartAsync(("Grpc:DefaultDeadlineSeconds", "0.5"));
        pair.Back.Handlers.Ask = async (_, context) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(30), context.CancellationToken);
            return new Answer();
        };

        var exception = await Assert.ThrowsAsync<RpcException>(() => pair.Front.Client.AskAsync(new Question()).ResponseAsync.Within(10));

        Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
    }

    [Fact]
    public async Task A_caller_who_leaves_stops_the_work_of_every_service_behind()
    {
        await using var pair = await ServicePair.StartAsync();
        var (started, stopped) = (new TaskCompletionSource(), new TaskCompletionSource());
        pair.Back.Handlers.Ask = async (_, context) =>
        {
            started.SetResult();
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(30), context.CancellationToken);
            }
            catch (OperationCanceledException)
            {
                stopped.SetResult();
            }
            return new Answer();
        };
        using var leave = new CancellationTokenSource();

        var call = pair.Front.Client.AskAsync(new Question(), cancellationToken: leave.Token).ResponseAsync;
        await started.Task.Within(10);
        await leave.CancelAsync();

        await Assert.ThrowsAsync<RpcException>(() => call.Within(10));
        await stopped.Task.Within(5);
    }

    private static Task<TimeSpan> SeenBy(ProbeHost host)
    {
        var seen = new TaskCompletionSource<TimeSpan>();
        host.Handlers.Ask = (_, context) =>
        {
            seen.SetResult(context.Deadline - DateTime.UtcNow);
            return Task.FromResult(new Answer());
        };
        return seen.Task;
    }
}
