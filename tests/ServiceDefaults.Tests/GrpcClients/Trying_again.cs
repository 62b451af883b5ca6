using Delegation.Probe.V1;
using Delegation.TestKit;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Delegation.ServiceDefaults.Tests.GrpcClients;

public sealed class Trying_again
{
    [Fact]
    public async Task A_service_that_is_away_for_a_moment_is_asked_again()
    {
        await using var pair = await ServicePair.StartAsync();
        var attempts = Fail(pair.Back, StatusCode.Unavailable, times: 2);

        var answer = await pair.BackClient.AskAsync(new Question()).ResponseAsync.Within(10);

        Assert.Equal(("third time lucky", 3), (answer.Text, attempts()));
    }

    [Fact]
    public async Task Three_attempts_are_all()
    {
        await using var pair = await ServicePair.StartAsync();
        var attempts = Fail(pair.Back, StatusCode.Unavailable, times: 100);

        var exception = await Assert.ThrowsAsync<RpcException>(() => pair.BackClient.AskAsync(new Question()).ResponseAsync.Within(10));

        Assert.Equal((StatusCode.Unavailable, 3), (exception.StatusCode, attempts()));
    }

    [Theory]
    [InlineData(StatusCode.DeadlineExceeded)]
    [InlineData(StatusCode.ResourceExhausted)]
    public async Task Any_other_status_is_the_answer(StatusCode status)
    {
        await using var pair = await ServicePair.StartAsync();
        var attempts = Fail(pair.Back, status, times: 100);

        var exception = await Assert.ThrowsAsync<RpcException>(() => pair.BackClient.AskAsync(new Question()).ResponseAsync.Within(10));

        Assert.Equal((status, 1), (exception.StatusCode, attempts()));
    }

    [Fact]
    public async Task What_the_contract_does_not_call_repeatable_is_not_repeated()
    {
        await using var pair = await ServicePair.StartAsync();
        var attempts = Fail(pair.Back, StatusCode.Unavailable, times: 1);

        var exception = await Assert.ThrowsAsync<RpcException>(() => pair.BackClient.ChangeAsync(new Question()).ResponseAsync.Within(10));

        Assert.Equal((StatusCode.Unavailable, 1), (exception.StatusCode, attempts()));
    }

    [Fact]
    public async Task A_service_in_lasting_trouble_is_spared()
    {
        await using var pair = await ServicePair.StartAsync();
        var attempts = Fail(pair.Back, StatusCode.Unavailable, times: int.MaxValue);

        for (var call = 0; call < 10; call++)
            await Assert.ThrowsAsync<RpcException>(() => pair.BackClient.AskAsync(new Question()).ResponseAsync.Within(10));

        // Without the throttle it would be 30; ten tokens, and half of them the limit, end the retries within the first calls.
        Assert.InRange(attempts(), 10, 16);
    }

    [Fact]
    public async Task The_setting_of_a_missing_address_is_named()
    {
        await using var host = await ProbeHost.StartAsync(builder => builder.AddPlatformGrpcClient<Probe.V1.Probe.ProbeClient>("back"));

        var exception = Assert.Throws<InvalidOperationException>(host.Services.GetRequiredService<Probe.V1.Probe.ProbeClient>);

        Assert.Equal("The setting services:back:grpc:0 is ''; it must be the address of the service.", exception.Message);
    }

    private static Func<int> Fail(ProbeHost host, StatusCode status, int times)
    {
        var attempts = 0;
        Task<Answer> Answer() => Interlocked.Increment(ref attempts) <= times
            ? throw new RpcException(new Status(status, "not now"))
            : Task.FromResult(new Answer { Text = "third time lucky" });
        host.Handlers.Ask = (_, _) => Answer();
        host.Handlers.Change = (_, _) => Answer();
        return () => attempts;
    }
}
