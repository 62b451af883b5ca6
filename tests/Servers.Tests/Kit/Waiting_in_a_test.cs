using Delegation.TestKit;

namespace Delegation.Servers.Tests.Kit;

public sealed class Waiting_in_a_test
{
    [Fact]
    public async Task It_asks_until_the_condition_holds_and_an_exception_means_not_yet()
    {
        var asked = 0;

        await Eventually.True(() => ++asked switch { 1 => false, 2 => throw new InvalidOperationException(), _ => true });

        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task What_never_holds_is_named_with_the_last_exception()
    {
        var late = await Assert.ThrowsAsync<TimeoutException>(() =>
            Eventually.True(() => throw new InvalidOperationException("not ready"), TimeSpan.FromSeconds(0.2), what: "it is ready"));

        Assert.Contains("it is ready", late.Message, StringComparison.Ordinal);
        Assert.Equal("not ready", late.InnerException!.Message);
    }

    [Fact]
    public async Task A_condition_that_hangs_does_not_hang_the_test() =>
        await Assert.ThrowsAsync<TimeoutException>(() =>
            Eventually.Async(() => new TaskCompletionSource<bool>().Task, TimeSpan.FromSeconds(0.2))).WaitAsync(TimeSpan.FromSeconds(10));

    [Fact]
    public async Task A_task_that_ends_in_time_gives_its_result_or_its_exception()
    {
        Assert.Equal(5, await Task.FromResult(5).Within(1));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Task.FromException<int>(new InvalidOperationException()).Within(1));
    }

    [Fact]
    public async Task A_task_that_does_not_is_named()
    {
        var never = new TaskCompletionSource().Task;

        var late = await Assert.ThrowsAsync<TimeoutException>(() => never.Within(0.1));

        Assert.Contains("never", late.Message, StringComparison.Ordinal);
    }
}
