using System.Security.Cryptography;
using Delegation.Gateway.Tests.Hosts;
using Delegation.Gateway.Tests.Protos;
using Google.Protobuf;
using Grpc.Core;

namespace Delegation.Gateway.Tests.Forwarding;

public sealed class CallingThroughTheGatewayTests : IAsyncLifetime
{
    private readonly ProbeService _probe = new();
    private ServiceHost _service = null!;
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _service = await ServiceHost.StartAsync(_probe);
        _gateway = await GatewayHost.StartAsync([_service.Address]);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task A_call_and_its_answer_pass()
    {
        var answer = await _gateway.Client.UnaryAsync(new Message { Text = "Où en est la délégation ?" });

        Assert.Equal("Où en est la délégation ?", answer.Text);
    }

    [Fact]
    public async Task Metadata_passes_both_ways_text_and_binary()
    {
        byte[] binary = [0, 1, 0xab, 0xff, (byte)','];
        Metadata? received = null;
        _probe.OnUnary = async (request, context) =>
        {
            received = context.RequestHeaders;
            await context.WriteResponseHeadersAsync(new Metadata { { "x-first", "early" }, { "x-first-bin", binary } });
            context.ResponseTrailers.Add("x-last", "late");
            context.ResponseTrailers.Add("x-last-bin", binary);
            return request;
        };

        using var call = _gateway.Client.UnaryAsync(new Message(), new Metadata { { "x-asked", "a, b" }, { "x-asked-bin", binary } });
        await call.ResponseAsync.Within(10);
        var first = await call.ResponseHeadersAsync;

        Assert.Equal("a, b", received!.GetValue("x-asked"));
        Assert.Equal(binary, received.GetValueBytes("x-asked-bin"));
        Assert.Equal("early", first.GetValue("x-first"));
        Assert.Equal(binary, first.GetValueBytes("x-first-bin"));
        Assert.Equal("late", call.GetTrailers().GetValue("x-last"));
        Assert.Equal(binary, call.GetTrailers().GetValueBytes("x-last-bin"));
    }

    [Fact]
    public async Task A_status_passes_with_its_text_and_its_details()
    {
        byte[] details = [8, 9, 10];
        _probe.OnUnary = (_, context) =>
        {
            context.Status = new Status(StatusCode.FailedPrecondition, "la lettre n'est pas signée\t%\n\u2028 \U0001F58A");
            context.ResponseTrailers.Add("grpc-status-details-bin", details);
            return Task.FromResult(new Message());
        };

        var error = await Assert.ThrowsAsync<RpcException>(() => _gateway.Client.UnaryAsync(new Message()).ResponseAsync.Within(10));

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Equal("la lettre n'est pas signée\t%\n\u2028 \U0001F58A", error.Status.Detail);
        Assert.Equal(details, error.Trailers.GetValueBytes("grpc-status-details-bin"));
    }

    [Fact]
    public async Task Messages_of_four_megabytes_pass_both_ways()
    {
        var data = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(4 * 1024 * 1024 - 16));

        var answer = await _gateway.Client.UnaryAsync(new Message { Data = data }).ResponseAsync.Within(20);

        Assert.Equal(data, answer.Data);
    }

    [Fact]
    public async Task The_limit_of_a_message_is_the_services_to_set()
    {
        var data = ByteString.CopyFrom(new byte[4 * 1024 * 1024 + 1]);

        var error = await Assert.ThrowsAsync<RpcException>(() => _gateway.Client.UnaryAsync(new Message { Data = data }).ResponseAsync.Within(20));

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    [Fact]
    public async Task A_stream_of_any_length_passes_up()
    {
        // More than the 30 MB at which the web server ends a request by default.
        const int Chunks = 40;
        using var call = _gateway.Client.Upload();
        var chunk = new Message { Data = ByteString.CopyFrom(new byte[1024 * 1024]) };
        for (var i = 0; i < Chunks; i++)
            await call.RequestStream.WriteAsync(chunk);
        await call.RequestStream.CompleteAsync();

        var answer = await call.ResponseAsync.Within(30);

        Assert.Equal($"{Chunks * 1024 * 1024}", answer.Text);
    }

    [Fact]
    public async Task Each_message_of_a_stream_arrives_when_it_is_sent()
    {
        using var call = _gateway.Client.Chat();
        foreach (var text in new[] { "un", "deux", "trois" })
        {
            await call.RequestStream.WriteAsync(new Message { Text = text });

            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).Within(10));
            Assert.Equal(text, call.ResponseStream.Current.Text);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None).Within(10));
    }

    [Fact]
    public async Task The_headers_of_a_stream_arrive_before_its_first_message()
    {
        var release = new TaskCompletionSource();
        _probe.OnDownload = async (_, _, context) =>
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "x-ready", "yes" } });
            await release.Task;
        };

        using var call = _gateway.Client.Download(new Message());
        var headers = await call.ResponseHeadersAsync.Within(10);
        release.SetResult();

        Assert.Equal("yes", headers.GetValue("x-ready"));
    }

    [Fact]
    public async Task The_trace_of_the_caller_goes_on_in_the_service()
    {
        string? received = null;
        _probe.OnUnary = (request, context) =>
        {
            received = context.RequestHeaders.GetValue("traceparent");
            return Task.FromResult(request);
        };
        using var raw = new RawCall();

        using var answer = await raw.SendAsync(
            _gateway.GrpcAddress, "/delegation.probe.v1.Probe/Unary", new Message(),
            headers: ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        // The same trace, and another span: the gateway's.
        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", received, StringComparison.Ordinal);
        Assert.DoesNotContain("b7ad6b7169203331", received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_service_learns_who_called_and_nobody_can_pretend_to_be_somebody_else()
    {
        Metadata? received = null;
        _probe.OnUnary = (request, context) =>
        {
            received = context.RequestHeaders;
            return Task.FromResult(request);
        };

        await _gateway.Client.UnaryAsync(new Message(), new Metadata { { "x-forwarded-for", "203.0.113.7" } }).ResponseAsync.Within(10);

        Assert.Equal("127.0.0.1", received!.GetValue("x-forwarded-for"));
    }

    [Fact]
    public async Task Every_replica_gets_calls()
    {
        var calls = new int[2];
        var first = new ProbeService { OnUnary = (request, _) => { Interlocked.Increment(ref calls[0]); return Task.FromResult(request); } };
        var second = new ProbeService { OnUnary = (request, _) => { Interlocked.Increment(ref calls[1]); return Task.FromResult(request); } };
        await using var one = await ServiceHost.StartAsync(first);
        await using var two = await ServiceHost.StartAsync(second);
        await using var gateway = await GatewayHost.StartAsync([one.Address, two.Address]);

        for (var i = 0; i < 100; i++)
            await gateway.Client.UnaryAsync(new Message()).ResponseAsync.Within(10);

        Assert.All(calls, count => Assert.InRange(count, 10, 90));
    }
}
