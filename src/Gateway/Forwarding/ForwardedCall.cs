using Delegation.Gateway.Rest.Calls;
using Delegation.Gateway.Rest.Problems;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Delegation.Gateway.Forwarding;

/// <summary>
/// Around YARP's forwarder: makes sure that every call ends with a status. YARP answers a service that is down with an HTTP status, and
/// resets a stream whose service died in the middle of it, which a client reads as "cancelled"; both become trailers here, or the problem of a REST call.
/// </summary>
internal sealed class ForwardedCall(RequestDelegate next, IDestinationHealthUpdater health, ILogger<ForwardedCall> logger)
{
    private static readonly TimeSpan Unavailable = TimeSpan.FromSeconds(3);

    public async Task InvokeAsync(HttpContext context)
    {
        var rest = RestCall.Of(context);
        if (rest is null && !IsCallOfItsRoute(context))
            return;

        using var deadline = Deadline.Start(context, rest is null ? context.Request.Timeout() : rest.Timeout);
        context.Features.Set<IHttpResetFeature>(NoReset.Instance);

        await next(context);

        if (rest?.Failure is { } broken)
            End(context, ForwarderError.ResponseBodyDestination, broken, deadline);
        else if (context.GetForwarderErrorFeature() is { } failure && !context.HasGrpcStatus())
            End(context, failure.Error, failure.Exception, deadline);
    }

    // False when the request has been answered.
    private static bool IsCallOfItsRoute(HttpContext context)
    {
        if (!context.Request.IsGrpc())
        {
            // https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests asks for 415; HTTP/1.1 has no gRPC at all.
            (HttpProtocol.IsHttp2(context.Request.Protocol) ? HttpError.OnlyGrpc : HttpError.NothingHere).Answer(context);
            return false;
        }

        // Routes do not mind upper and lower case, gRPC does; whoever counts or guards methods by their path relies on the one spelling.
        if (context.Request.Path.Value != context.GetReverseProxyFeature().Route.Config.Match.Path)
        {
            CallErrors.MethodUnknown.Answer(context);
            return false;
        }

        return true;
    }

    private void End(HttpContext context, ForwarderError error, Exception? exception, Deadline? deadline)
    {
        var route = context.GetReverseProxyFeature().Route.Config;
        var (service, method) = (route.ClusterId, route.RouteId);

        if (deadline?.Passed == true)
        {
            logger.DeadlinePassed(service, method);
            CallErrors.DeadlineExceeded.Answer(context);
        }
        else if (context.RequestAborted.IsCancellationRequested)
        {
            logger.CallerLeft(service, method);
        }
        else if (error is ForwarderError.RequestBodyClient && exception is not null && BrokenBody(exception) is { } broken)
        {
            // What a caller sends badly says nothing about the service.
            logger.BodyBroken(service, method, broken.Message);
            if (RestCall.Of(context) is not null && !context.Response.HasStarted)
                HttpError.BodyBroken(broken.StatusCode).Answer(context);
            else
                CallErrors.BodyBroken.Answer(context);
        }
        else
        {
            logger.CallNotAnswered(service, method, error, exception);
            var refusal = CallErrors.Of(error, exception);
            if (refusal.Status == StatusCode.Unavailable)
                LeaveOut(context.GetReverseProxyFeature());
            refusal.Answer(context);
        }
    }

    private static BadHttpRequestException? BrokenBody(Exception? exception) => exception switch
    {
        null => null,
        BadHttpRequestException broken => broken,
        AggregateException several => several.InnerExceptions.Select(BrokenBody).FirstOrDefault(broken => broken is not null),
        _ => BrokenBody(exception.InnerException),
    };

    // The next call goes to another replica at once, not when the probes have found out.
    private void LeaveOut(IReverseProxyFeature call)
    {
        if (call.ProxiedDestination is { } replica)
            health.SetPassive(call.Route.Cluster!, replica, DestinationHealth.Unhealthy, Unavailable);
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
