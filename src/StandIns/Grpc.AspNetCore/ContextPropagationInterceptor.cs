using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.ClientFactory;

/// <summary>Gives a call the deadline and the cancellation of the server call that it is made in.</summary>
internal sealed class ContextPropagationInterceptor(GrpcContextPropagationOptions options, IHttpContextAccessor accessor) : Interceptor
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        using var link = Propagate(ref context);
        return continuation(request, context);
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var link = Propagate(ref context);
        var call = continuation(request, context);
        DisposeAfter(call.ResponseAsync, link);
        return call;
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var link = Propagate(ref context);
        var call = continuation(context);
        DisposeAfter(call.ResponseAsync, link);
        return call;
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var link = Propagate(ref context);
        var call = continuation(request, context);
        return link is null ? call : new(
            new LinkedReader<TResponse>(call.ResponseStream, link),
            _ => call.ResponseHeadersAsync, _ => call.GetStatus(), _ => call.GetTrailers(), _ => Dispose(call, link), call);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var link = Propagate(ref context);
        var call = continuation(context);
        return link is null ? call : new(
            call.RequestStream, new LinkedReader<TResponse>(call.ResponseStream, link),
            _ => call.ResponseHeadersAsync, _ => call.GetStatus(), _ => call.GetTrailers(), _ => Dispose(call, link), call);
    }

    /// <summary>Changes the options of a call; returns what links its own cancellation to the server call's, if it has one.</summary>
    private CancellationTokenSource? Propagate<TRequest, TResponse>(ref ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class
    {
        if (accessor.HttpContext?.Features.Get<IServerCallContextFeature>()?.ServerCallContext is not { } server)
        {
            if (options.SuppressContextNotFoundErrors) return null;
            throw new InvalidOperationException(
                "Unable to propagate server context values to the call. There is no current gRPC server call.");
        }

        var call = context.Options;
        var link = call.CancellationToken.CanBeCanceled
            ? CancellationTokenSource.CreateLinkedTokenSource(server.CancellationToken, call.CancellationToken)
            : null;
        call = call.WithCancellationToken(link?.Token ?? server.CancellationToken);
        if (server.Deadline < (call.Deadline ?? DateTime.MaxValue)) call = call.WithDeadline(server.Deadline);
        context = new(context.Method, context.Host, call);
        return link;
    }

    // A link is registered with both its tokens: one that outlives its call would stay with a token of the whole process.
    private static void DisposeAfter(Task response, CancellationTokenSource? link)
    {
        if (link is not null) response.ContinueWith(_ => link.Dispose(), TaskScheduler.Default);
    }

    private static void Dispose(IDisposable call, CancellationTokenSource link)
    {
        call.Dispose();
        link.Dispose();
    }

    /// <summary>Lets go of the link at the end of the stream.</summary>
    private sealed class LinkedReader<T>(IAsyncStreamReader<T> inner, CancellationTokenSource link) : IAsyncStreamReader<T>
    {
        public T Current => inner.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            var more = false;
            try
            {
                return more = await inner.MoveNext(cancellationToken);
            }
            finally
            {
                if (!more) link.Dispose();
            }
        }
    }
}
