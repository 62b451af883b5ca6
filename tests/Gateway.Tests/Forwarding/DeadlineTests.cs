using System.Diagnostics;
using Delegation.Gateway.Forwarding;
using Delegation.Gateway.Tests.Hosts;
using Delegation.Gateway.Tests.Protos;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;

namespace Delegation.Gateway.Tests.Forwarding;

public sealed class DeadlineTests
{
    private const string Unary = "/delegation.probe.v1.Probe/Unary";

    [Fact]
    public async Task The_service_is_told_how_long_the_caller_waits()
    {
        var left = TimeSpan.Zero;
        var probe = new ProbeService
        {
            OnUnary = (request, context) =>
            {
                left = context.Deadline - DateTime.UtcNow;
                return Task.FromResult(request);
            },
        };
        await using var service = await ServiceHost.StartAsync(probe);
        await using var gateway = await GatewayHost.StartAsync([service.Address]);

        await gateway.Client.UnaryAsync(new Message(), deadline: DateTime.UtcNow.AddSeconds(60)).ResponseAsync.Within(10);

        Assert.InRange(left, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_service_that_hangs_is_ended_for_a_caller_that_does_not_watch_the_clock()
    {
        var ended = new TaskCompletionSource();
        await using var service = await ServiceHost.StartAsync(raw: context => HangAsync(context, ended));
        await using var gateway = await GatewayHost.StartAsync([service.Address]);
        using var raw = new RawCall();

        using var answer = await raw.SendAsync(gateway.GrpcAddress, Unary, new Message(), headers: ("grpc-timeout", "300m"));

        Assert.Equal("4", Assert.Single(answer.Headers.GetValues("grpc-status")));
        await ended.Task.Within(10);
    }

    [Fact]
    public async Task A_stream_that_has_begun_is_ended_with_trailers()
    {
        await using var service = await ServiceHost.StartAsync(raw: async context =>
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.FlushAsync();
            return await HangAsync(context, new TaskCompletionSource());
        });
        await using var gateway = await GatewayHost.StartAsync([service.Address]);
        using var raw = new RawCall();

        using var answer = await raw.SendAsync(gateway.GrpcAddress, "/delegation.probe.v1.Probe/Download", new Message(), headers: ("grpc-timeout", "300m"));
        _ = await answer.Content.ReadAsByteArrayAsync().Within(10);

        Assert.Equal("4", Assert.Single(answer.TrailingHeaders.GetValues("grpc-status")));
        Assert.NotEmpty(RpcErrorDetails.Unpack<Google.Rpc.ErrorInfo>(
            Convert.FromBase64String(Assert.Single(answer.TrailingHeaders.GetValues("grpc-status-details-bin"))))!.Reason);
    }

    [Fact]
    public async Task The_service_has_the_first_word_at_the_deadline()
    {
        var probe = new ProbeService
        {
            OnUnary = async (_, context) =>
            {
                await Task.Delay(System.Threading.Timeout.Infinite, context.CancellationToken);
                return new Message();
            },
        };
        await using var service = await ServiceHost.StartAsync(probe);
        await using var gateway = await GatewayHost.StartAsync([service.Address]);
        using var raw = new RawCall();

        // The first call of a process compiles what it runs, which on a busy machine takes longer than the moment that the gateway gives.
        await EndsAtItsDeadlineAsync();
        gateway.Logs.Clear();

        await EndsAtItsDeadlineAsync();

        Assert.DoesNotContain(gateway.Logs.Entries, entry => entry.EventId.Name == "DeadlinePassed");

        async Task EndsAtItsDeadlineAsync()
        {
            using var answer = await raw.SendAsync(gateway.GrpcAddress, Unary, new Message(), headers: ("grpc-timeout", "300m"));
            _ = await answer.Content.ReadAsByteArrayAsync().Within(10);
            Assert.Contains("4", answer.Headers.Concat(answer.TrailingHeaders).First(header => header.Key == "grpc-status").Value);
        }
    }

    [Fact]
    public async Task A_call_that_ends_in_time_leaves_no_trace_of_its_deadline()
    {
        await using var service = await ServiceHost.StartAsync();
        await using var gateway = await GatewayHost.StartAsync([service.Address]);

        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 20; i++)
            await gateway.Client.UnaryAsync(new Message(), deadline: DateTime.UtcNow.AddSeconds(5)).ResponseAsync.Within(10);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5));
        Assert.DoesNotContain(gateway.Logs.Entries, entry => entry.EventId.Name is "DeadlinePassed" or "CallerLeft" or "CallNotAnswered");
    }

    [Theory]
    [InlineData("1H", 3600)]
    [InlineData("2M", 120)]
    [InlineData("3S", 3)]
    [InlineData("1500m", 1.5)]
    [InlineData("1u", 0.000001)]
    [InlineData("100n", 0.0000001)]
    [InlineData("99999999H", 99999999d * 3600)]
    public void A_timeout_is_a_number_and_a_unit(string value, double seconds) =>
        Assert.Equal(seconds, GrpcRequest.ParseTimeout(value)!.Value.TotalSeconds, 0.00000001 * seconds);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("10")]
    [InlineData("-1S")]
    [InlineData("+1S")]
    [InlineData("1.5S")]
    [InlineData(" 1S")]
    [InlineData("1s")]
    [InlineData("1S,2S")]
    [InlineData("123456789S")]
    public void Anything_else_is_no_timeout(string? value) => Assert.Null(GrpcRequest.ParseTimeout(value));

    [Fact]
    public void No_text_makes_reading_a_timeout_fail() =>
        Prop.ForAll<string>(text => GrpcRequest.ParseTimeout(text) is null or { Ticks: >= 0 }).Check(Config.QuickThrowOnFailure);

    private static async Task<bool> HangAsync(HttpContext context, TaskCompletionSource ended)
    {
        try
        {
            await Task.Delay(System.Threading.Timeout.Infinite, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            ended.SetResult();
        }

        return true;
    }
}
