using Delegation.Interop.Tests.Server;
using Grpc.Core;
using Grpc.Testing;
using static Delegation.Interop.Tests.Clients.InteropCases;

namespace Delegation.Interop.Tests.Clients;

internal sealed partial class OwnClient
{
    private async Task ClientStreaming()
    {
        using var call = _client.StreamingInputCall(deadline: Soon);
        foreach (var size in RequestSizes) await call.RequestStream.WriteAsync(new StreamingInputCallRequest { Payload = Zeros(size) });
        await call.RequestStream.CompleteAsync();
        Assert.Equal(RequestSizes.Sum(), (await call).AggregatedPayloadSize);
    }

    private async Task ServerStreaming()
    {
        using var call = _client.StreamingOutputCall(Ping(0, ResponseSizes), deadline: Soon);
        var responses = await call.ResponseStream.ReadAllAsync().ToListAsync();
        Assert.Equal(ResponseSizes, responses.Select(response => response.Payload.Body.Length));
    }

    private async Task PingPong()
    {
        using var call = _client.FullDuplexCall(deadline: Soon);
        foreach (var (request, response) in RequestSizes.Zip(ResponseSizes))
        {
            await call.RequestStream.WriteAsync(Ping(request, response));
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal(response, call.ResponseStream.Current.Payload.Body.Length);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
    }

    private async Task EmptyStream()
    {
        using var call = _client.FullDuplexCall(deadline: Soon);
        await call.RequestStream.CompleteAsync();
        Assert.Empty(await call.ResponseStream.ReadAllAsync().ToListAsync());
    }

    private async Task CancelAfterBegin()
    {
        using var cancel = new CancellationTokenSource();
        using var call = _client.StreamingInputCall(deadline: Soon, cancellationToken: cancel.Token);
        await cancel.CancelAsync();
        await Ends(StatusCode.Cancelled, () => call.ResponseAsync);
    }

    private async Task CancelAfterFirst(string label)
    {
        using var cancel = new CancellationTokenSource();
        using var call = _client.FullDuplexCall(new Metadata { { CancelledCalls.Label, label } }, Soon, cancel.Token);
        await call.RequestStream.WriteAsync(Ping(RequestSizes[0], ResponseSizes[0]));
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        await cancel.CancelAsync();
        await Ends(StatusCode.Cancelled, () => call.ResponseStream.MoveNext(CancellationToken.None));
    }

    private async Task TimeoutOnSleepingServer()
    {
        using var call = _client.FullDuplexCall(deadline: DateTime.UtcNow.AddMilliseconds(1));
        try
        {
            await call.RequestStream.WriteAsync(Ping(RequestSizes[0]));
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            // The deadline may come before the request is written; what counts is how the call ends.
        }

        await Ends(StatusCode.DeadlineExceeded, () => call.ResponseStream.MoveNext(CancellationToken.None));
    }
}
