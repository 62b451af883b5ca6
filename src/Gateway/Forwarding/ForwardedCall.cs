using Delegation.Gateway.Rest;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Delegation.Gateway.Forwarding;

/// <summary>
/// Around YARP's forwarder: makes sure that every call ends with a gRPC status. YARP answers a service that is down with an HTTP status, and
/// resets a stream whose service died in the middle of it, which a client reads as "cancelled"; both become trailers here.
/// </summary>
internal sealed class ForwardedCall(RequestDelegate next, ILogger<ForwardedCall> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.IsGrpc())
        {
            // https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests asks for 415; HTTP/1.1 has no gRPC at all.
            await (HttpProtocol.IsHttp2(context.Request.Protocol) ? Problem.UnsupportedMediaType : Problem.NotFound).WriteAsync(context);
            return;
        }

        // Routes do not mind upper and lower case, gRPC does; whoever counts or guards methods by their path relies on the one spelling.
        if (context.Request.Path.Value != context.GetReverseProxyFeature().Route.Config.Match.Path)
        {
            CallErrors.MethodUnknown.Answer(context);
            return;
        }

        using var deadline = Deadline.Start(context);
        context.Features.Set<IHttpResetFeature>(NoReset.Instance);

        await next(context);

        if (context.GetForwarderErrorFeature() is { } failure && !context.HasGrpcStatus())
            End(context, failure, deadline);
    }

    private void End(HttpContext context, IForwarderErrorFeature failure, Deadline? deadline)
    {
        var service = context.GetReverseProxyFeature().Route.Config.ClusterId;
        var method = context.Request.Path.Value;

        if (deadline?.Passed == true)
        {
            logger.DeadlinePassed(service, method);
            CallErrors.DeadlineExceeded.Answer(context);
        }
        else if (context.RequestAborted.IsCancellationRequested)
        {
            logger.CallerLeft(service, method);
        }
        else
        {
            logger.CallNotAnswered(service, method, failure.Error, failure.Exception);
            CallErrors.Of(failure.Error, failure.Exception).Answer(context);
        }
    }

    /// <summary>In place of the server's: leaves the stream open, so that it can be ended with trailers.</summary>
    private sealed class NoReset : IHttpResetFeature
    {
        public static readonly NoReset Instance = new();

        public void Reset(int errorCode)
        {
            // End() answers instead.
        }
    }
}
