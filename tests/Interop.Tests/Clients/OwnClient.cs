using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Testing;
using static Delegation.Interop.Tests.Clients.InteropCases;

namespace Delegation.Interop.Tests.Clients;

/// <summary>The interop cases with the gRPC client that the platform uses.</summary>
internal sealed partial class OwnClient : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly TestService.TestServiceClient _client;

    public OwnClient(string address)
    {
        _channel = GrpcChannel.ForAddress(address);
        _client = new TestService.TestServiceClient(_channel);
    }

    // Nothing here may hang: a call that outlives this fails its case.
    private static DateTime Soon => DateTime.UtcNow.AddSeconds(20);

    public Task Run(string name, string label) => name switch
    {
        "empty_unary" => EmptyUnary(),
        "large_unary" => LargeUnary(),
        "client_compressed_unary" => ClientCompressedUnary(),
        ServerCompressedUnary => ServerCompressed(),
        "client_streaming" => ClientStreaming(),
        "server_streaming" => ServerStreaming(),
        "ping_pong" => PingPong(),
        "empty_stream" => EmptyStream(),
        "custom_metadata" => CustomMetadata(),
        "status_code_and_message" => EndsWith(StatusCode.Unknown, "test status message"),
        "special_status_message" => EndsWith(StatusCode.Unknown, SpecialMessage),
        "unimplemented_method" => UnimplementedMethod(),
        "unimplemented_service" => UnimplementedService(),
        "cancel_after_begin" => CancelAfterBegin(),
        CancelAfterFirstResponse => CancelAfterFirst(label),
        "timeout_on_sleeping_server" => TimeoutOnSleepingServer(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such case."),
    };

    public void Dispose() => _channel.Dispose();

    private static Payload Zeros(int size) => new() { Body = ByteString.CopyFrom(new byte[size]) };

    private static SimpleRequest Large() => new() { ResponseSize = LargeResponse, Payload = Zeros(LargeRequest) };

    private static StreamingOutputCallRequest Ping(int request, params int[] responses) => new()
    {
        Payload = Zeros(request),
        ResponseParameters = { responses.Select(size => new ResponseParameters { Size = size }) },
    };

    private static async Task<RpcException> Ends(StatusCode code, Func<Task> call)
    {
        var end = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(code, end.StatusCode);
        return end;
    }
}
