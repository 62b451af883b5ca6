using Grpc.Core;
using Grpc.Testing;
using static Delegation.Interop.Tests.Clients.InteropCases;

namespace Delegation.Interop.Tests.Clients;

internal sealed partial class OwnClient
{
    // How the client is told to compress what it sends.
    private static Metadata Gzip => new() { { "grpc-internal-encoding-request", "gzip" } };

    private async Task EmptyUnary() => Assert.Equal(new Empty(), await _client.EmptyCallAsync(new Empty(), deadline: Soon));

    private async Task LargeUnary()
    {
        var response = await _client.UnaryCallAsync(Large(), deadline: Soon);
        Assert.Equal(Zeros(LargeResponse), response.Payload);
    }

    private async Task ClientCompressedUnary()
    {
        var compressed = Large();
        compressed.ExpectCompressed = new BoolValue { Value = true };
        // A server that does not look would accept this one, and its word on the others would be worth nothing.
        await Ends(StatusCode.InvalidArgument, () => _client.UnaryCallAsync(compressed, deadline: Soon).ResponseAsync);
        Assert.Equal(LargeResponse, (await _client.UnaryCallAsync(compressed, Gzip, Soon)).Payload.Body.Length);

        var plain = Large();
        plain.ExpectCompressed = new BoolValue { Value = false };
        Assert.Equal(LargeResponse, (await _client.UnaryCallAsync(plain, deadline: Soon)).Payload.Body.Length);
    }

    private async Task ServerCompressed()
    {
        foreach (var wanted in (bool[])[true, false])
        {
            var request = Large();
            request.ResponseCompressed = new BoolValue { Value = wanted };
            using var call = _client.UnaryCallAsync(request, deadline: Soon);
            Assert.Equal(LargeResponse, (await call).Payload.Body.Length);
            Assert.Equal(wanted ? "true" : "false", call.GetTrailers().GetValue("x-interop-response-compressed"));
        }
    }

    private async Task CustomMetadata()
    {
        const string initial = "x-grpc-test-echo-initial", trailing = "x-grpc-test-echo-trailing-bin";
        var sent = new Metadata { { initial, "test_initial_metadata_value" }, { trailing, [0xab, 0xab, 0xab] } };

        using var unary = _client.UnaryCallAsync(Large(), sent, Soon);
        await unary;
        Echoed(await unary.ResponseHeadersAsync, unary.GetTrailers());

        using var duplex = _client.FullDuplexCall(sent, Soon);
        await duplex.RequestStream.WriteAsync(Ping(LargeRequest, LargeResponse));
        await duplex.RequestStream.CompleteAsync();
        Assert.Single(await duplex.ResponseStream.ReadAllAsync().ToListAsync());
        Echoed(await duplex.ResponseHeadersAsync, duplex.GetTrailers());

        static void Echoed(Metadata headers, Metadata trailers)
        {
            Assert.Equal("test_initial_metadata_value", headers.GetValue(initial));
            Assert.Equal([0xab, 0xab, 0xab], trailers.GetValueBytes(trailing)!);
        }
    }

    private async Task EndsWith(StatusCode code, string message)
    {
        var status = new EchoStatus { Code = (int)code, Message = message };
        var request = new SimpleRequest { ResponseStatus = status };
        var unary = await Ends(code, () => _client.UnaryCallAsync(request, deadline: Soon).ResponseAsync);
        Assert.Equal(message, unary.Status.Detail);

        using var duplex = _client.FullDuplexCall(deadline: Soon);
        await duplex.RequestStream.WriteAsync(new StreamingOutputCallRequest { ResponseStatus = status });
        await duplex.RequestStream.CompleteAsync();
        var streamed = await Ends(code, () => duplex.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(message, streamed.Status.Detail);
    }

    private Task<RpcException> UnimplementedMethod() =>
        Ends(StatusCode.Unimplemented, () => _client.UnimplementedCallAsync(new Empty(), deadline: Soon).ResponseAsync);

    private Task<RpcException> UnimplementedService()
    {
        var client = new UnimplementedService.UnimplementedServiceClient(_channel);
        return Ends(StatusCode.Unimplemented, () => client.UnimplementedCallAsync(new Empty(), deadline: Soon).ResponseAsync);
    }
}
