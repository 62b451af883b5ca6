using Delegation.Gateway.Tests.Hosts;
using Delegation.Gateway.Tests.Protos;
using Grpc.Core;

namespace Delegation.Gateway.Tests.Forwarding;

public sealed class CancellationTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _started = new();
    private readonly TaskCompletionSource _stopped = new();
    private ServiceHost _service = null!;
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _service = await ServiceHost.StartAsync(new ProbeService
        {
            OnUnary = async (request, context) =>
            {
                await UntilCancelledAsync(context);
                return request;
            },
            OnDownload = async (request, answers, context) =>
            {
                await answers.WriteAsync(request, context.CancellationToken);
                await UntilCancelledAsync(context);
            },
            OnUpload = async (_, context) =>
            {
                await UntilCancelledAsync(context);
                return new Message();
            },
        });
        _gateway = await GatewayHost.StartAsync([_service.Address]);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task A_call_that_its_caller_cancels_is_cancelled_in_the_service()
    {
        using var cancel = new CancellationTokenSource();
        var call = _gateway.Client.UnaryAsync(new Message(), cancellationToken: cancel.Token).ResponseAsync;
        await _started.Task.Within(10);

        await cancel.CancelAsync();

        var error = await Assert.ThrowsAsync<RpcException>(() => call.Within(10));
        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
        await _stopped.Task.Within(10);
    }

    [Fact]
    public async Task A_stream_that_its_reader_leaves_is_cancelled_in_the_service()
    {
        using var call = _gateway.Client.Download(new Message());
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).Within(10));

        call.Dispose();

        await _stopped.Task.Within(10);
    }

    [Fact]
    public async Task An_upload_that_its_writer_leaves_is_cancelled_in_the_service()
    {
        using var call = _gateway.Client.Upload();
        await call.RequestStream.WriteAsync(new Message());
        await _started.Task.Within(10);

        call.Dispose();

        await _stopped.Task.Within(10);
    }

    [Fact]
    public async Task A_caller_whose_connection_breaks_is_a_caller_who_left()
    {
        var raw = new RawCall();
        var call = raw.SendAsync(_gateway.GrpcAddress, "/delegation.probe.v1.Probe/Unary", new Message());
        await _started.Task.Within(10);

        raw.Dispose();

        await Assert.ThrowsAnyAsync<Exception>(() => call.Within(10));
        await _stopped.Task.Within(10);
        await Eventually.True(() => _gateway.Logs.Entries.Any(entry => entry.EventId.Name == "CallerLeft"));
        Assert.DoesNotContain(_gateway.Logs.Entries, entry => entry.EventId.Name == "CallNotAnswered");
    }

    private async Task UntilCancelledAsync(ServerCallContext context)
    {
        _started.TrySetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }
        finally
        {
            _stopped.TrySetResult();
        }
    }
}
