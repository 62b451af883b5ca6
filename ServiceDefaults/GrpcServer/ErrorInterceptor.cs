using System.Diagnostics;
using Delegation.ServiceDefaults.Errors;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace Delegation.ServiceDefaults.GrpcServer;

/// <summary>
/// Turns whatever a method throws into the answer that callers may see. The text of an exception stays here, in the log, once, under the
/// trace id that the caller is given.
/// </summary>
internal sealed class ErrorInterceptor(ILogger<ErrorInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception exception)
        {
            throw Answer(exception, context);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(requestStream, context);
        }
        catch (Exception exception)
        {
            throw Answer(exception, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception exception)
        {
            throw Answer(exception, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception exception)
        {
            throw Answer(exception, context);
        }
    }

    private RpcException Answer(Exception exception, ServerCallContext context)
    {
        var refusal = exception is RefusedException refused ? refused.Refusal
            : context.CancellationToken.IsCancellationRequested ? Abandoned(exception, context)
            : Failed(exception, context);
        var language = Language.Of(context.RequestHeaders.GetValue("accept-language"));
        return refusal.ToRpcException(language, Activity.Current?.TraceId.ToHexString());
    }

    // Whatever broke after the caller had left, or had stopped waiting, broke because of that.
    private Refusal Abandoned(Exception exception, ServerCallContext context)
    {
        logger.CallAbandoned(context.Method, exception);
        return context.Deadline <= DateTime.UtcNow ? Failures.DeadlineExceeded : Failures.Cancelled;
    }

    private Refusal Failed(Exception exception, ServerCallContext context)
    {
        var failure = Failures.Of(exception);
        if (failure == Failures.Internal)
            logger.CallFailed(context.Method, exception);
        else
            logger.CallCouldNotBeServed(context.Method, failure.Reason, exception);
        return failure;
    }
}
