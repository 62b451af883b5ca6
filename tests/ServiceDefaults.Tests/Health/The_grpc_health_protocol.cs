using System.Diagnostics;
using Delegation.TestKit;
using Grpc.Core;
using Grpc.Health.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Delegation.ServiceDefaults.Tests.Health;

public sealed class The_grpc_health_protocol
{
    private static readonly HealthCheckRequest Server = new();

    [Theory]
    [InlineData("")]
    [InlineData("delegation.probe.v1.Probe")]
    [InlineData("grpc.health.v1.Health")]
    public async Task The_server_and_its_services_serve_as_long_as_their_checks_pass(string service)
    {
        var check = new FakeCheck();
        var clock = new StoppedClock();
        await using var host = await HealthHost.StartAsync(check, time: clock);
        var request = new HealthCheckRequest { Service = service };

        Assert.Equal(ServingStatus.Serving, (await host.Health.CheckAsync(request).ResponseAsync.Within(10)).Status);
        check.Fail("away");
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(ServingStatus.NotServing, (await host.Health.CheckAsync(request).ResponseAsync.Within(10)).Status);
    }

    [Fact]
    public async Task Checking_an_unknown_service_finds_nothing()
    {
        await using var host = await HealthHost.StartAsync(new FakeCheck());

        var exception = await Assert.ThrowsAsync<RpcException>(
            () => host.Health.CheckAsync(new HealthCheckRequest { Service = "delegation.nobody.v1.Nobody" }).ResponseAsync.Within(10));

        Assert.Equal(StatusCode.NotFound, exception.StatusCode);
    }

    [Fact]
    public async Task A_watcher_hears_of_each_change()
    {
        var check = new FakeCheck();
        await using var host = await HealthHost.StartAsync(check);
        using var watch = host.Health.Watch(Server);

        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));
        check.Fail("away");
        Assert.Equal(ServingStatus.NotServing, await NextAsync(watch));
        check.Recover();
        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));
    }

    [Fact]
    public async Task A_watcher_of_an_unknown_service_is_told_so_and_stays()
    {
        await using var host = await HealthHost.StartAsync(new FakeCheck());
        using var watch = host.Health.Watch(new HealthCheckRequest { Service = "delegation.nobody.v1.Nobody" });

        Assert.Equal(ServingStatus.ServiceUnknown, await NextAsync(watch));
        var more = watch.ResponseStream.MoveNext(CancellationToken.None);
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        Assert.False(more.IsCompleted);
    }

    [Fact]
    public async Task A_watcher_does_not_hold_up_the_shutdown_and_learns_of_it()
    {
        await using var host = await HealthHost.StartAsync(new FakeCheck());
        using var watch = host.Health.Watch(Server);
        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));

        var clock = Stopwatch.StartNew();
        var stopping = host.StopAsync();

        Assert.Equal(ServingStatus.NotServing, await NextAsync(watch));
        Assert.False(await watch.ResponseStream.MoveNext(CancellationToken.None).Within(10));
        await stopping;
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 3);
    }

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None).Within(10));
        return watch.ResponseStream.Current.Status;
    }
}
