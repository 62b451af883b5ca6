using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Delegation.ServiceDefaults.GrpcServer;

/// <summary>
/// Opens a stream that has nothing to say yet: without it the headers come with the first message, and until then a reader cannot tell a stream
/// that waits for news from a service that does not answer. Whoever is refused is refused within a moment, as an answer without a stream. A
/// file is no such stream: its name stands in headers of its own, which come when it is ready.
/// </summary>
internal sealed class QuietStreamInterceptor : Interceptor
{
    // google.api.HttpBody, which this project does not know.
    private const string File = "HttpBody";

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        if (typeof(TResponse).Name == File)
        {
            await continuation(request, responseStream, context);
            return;
        }

        using var writer = new OneAtATime<TResponse>(responseStream, context);
        var call = continuation(request, writer, context);
        try
        {
            await call.WaitAsync(Moment, context.CancellationToken);
        }
        catch (TimeoutException) when (!call.IsCompleted)
        {
            await writer.OpenAsync();
        }
        catch (OperationCanceledException) when (!call.IsCompleted)
        {
            // The call hears of it too, and says how it ends.
        }

        await call;
    }

    /// <summary>The writer of a stream, whose answer may be opened beside a message.</summary>
    private sealed class OneAtATime<T>(IServerStreamWriter<T> inner, ServerCallContext context) : IServerStreamWriter<T>, IDisposable
    {
        private readonly SemaphoreSlim _turn = new(1);

        public WriteOptions? WriteOptions
        {
            get => inner.WriteOptions;
            set => inner.WriteOptions = value;
        }

        public async Task OpenAsync()
        {
            await _turn.WaitAsync();
            try
            {
                if (!context.GetHttpContext().Response.HasStarted)
                    await context.WriteResponseHeadersAsync([]);
            }
            finally
            {
                _turn.Release();
            }
        }

        public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

        public async Task WriteAsync(T message, CancellationToken cancellationToken)
        {
            await _turn.WaitAsync(cancellationToken);
            try
            {
                await inner.WriteAsync(message, cancellationToken);
            }
            finally
            {
                _turn.Release();
            }
        }

        public void Dispose() => _turn.Dispose();
    }
}
