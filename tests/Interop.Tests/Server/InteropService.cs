using Google.Protobuf;
using Grpc.Core;
using Grpc.Testing;

namespace Delegation.Interop.Tests.Server;

/// <summary>The interop test service over our gRPC server stack.</summary>
internal sealed class InteropService(CancelledCalls cancelled) : TestService.TestServiceBase
{
    private const string EchoInitial = "x-grpc-test-echo-initial";
    private const string EchoTrailing = "x-grpc-test-echo-trailing-bin";

    public override Task<Empty> EmptyCall(Empty request, ServerCallContext context) => Task.FromResult(new Empty());

    public override async Task<SimpleResponse> UnaryCall(SimpleRequest request, ServerCallContext context)
    {
        await EchoMetadata(context, request.ResponseCompressed?.Value is true);
        var compressed = CompressionOnTheWire.OfRequest(context);
        if (request.ExpectCompressed is { } expected && expected.Value != compressed)
        {
            context.Status = new Status(StatusCode.InvalidArgument, $"Expected compressed = {expected.Value}, was {compressed}.");
        }

        EndWith(request.ResponseStatus, context);
        return new SimpleResponse { Payload = Zeros(request.ResponseSize) };
    }

    public override async Task StreamingOutputCall(
        StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> responseStream, ServerCallContext context) =>
        await Answer(request, responseStream, context);

    public override async Task<StreamingInputCallResponse> StreamingInputCall(
        IAsyncStreamReader<StreamingInputCallRequest> requestStream, ServerCallContext context)
    {
        var sum = 0;
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken)) sum += request.Payload.Body.Length;
        return new StreamingInputCallResponse { AggregatedPayloadSize = sum };
    }

    public override async Task FullDuplexCall(
        IAsyncStreamReader<StreamingOutputCallRequest> requestStream,
        IServerStreamWriter<StreamingOutputCallResponse> responseStream,
        ServerCallContext context)
    {
        var label = context.RequestHeaders.GetValue(CancelledCalls.Label);
        try
        {
            await EchoMetadata(context);
            await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
            {
                await Answer(request, responseStream, context);
            }

            // A labelled call is to be given up. Node.js ends the stream before it resets it: a server that is done by then never learns.
            if (label is not null) await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Which of the two depends on whether the token or the stream learns first that the client reset it.
            cancelled.Add(label);
            throw;
        }
    }

    private static async Task Answer(
        StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> responses, ServerCallContext context)
    {
        EndWith(request.ResponseStatus, context);
        foreach (var wanted in request.ResponseParameters)
        {
            if (wanted.IntervalUs > 0) await Task.Delay(TimeSpan.FromMicroseconds(wanted.IntervalUs), context.CancellationToken);
            await responses.WriteAsync(new StreamingOutputCallResponse { Payload = Zeros(wanted.Size) }, context.CancellationToken);
        }
    }

    private static async Task EchoMetadata(ServerCallContext context, bool compress = false)
    {
        var headers = new Metadata();
        if (compress) headers.Add("grpc-internal-encoding-request", "gzip");
        if (context.RequestHeaders.Get(EchoInitial) is { } initial) headers.Add(initial);
        if (headers.Count > 0) await context.WriteResponseHeadersAsync(headers);
        if (context.RequestHeaders.Get(EchoTrailing) is { } trailing) context.ResponseTrailers.Add(trailing);
    }

    // Set, not thrown: the platform answers what a method throws in words of its own.
    private static void EndWith(EchoStatus? status, ServerCallContext context)
    {
        if (status is { Code: not 0 }) context.Status = new Status((StatusCode)status.Code, status.Message);
    }

    private static Payload Zeros(int size) => new() { Body = UnsafeByteOperations.UnsafeWrap(new byte[size]) };
}
