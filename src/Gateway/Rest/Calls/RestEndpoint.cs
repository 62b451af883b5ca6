using System.Collections.Frozen;
using Delegation.Gateway.Forwarding;
using Delegation.Gateway.Rest.Problems;
using Delegation.Gateway.Rest.Routing;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Model;

namespace Delegation.Gateway.Rest.Calls;

/// <summary>
/// Takes what no other endpoint does, finds the method that it calls, and hands it to the same YARP route that a gRPC call of the method takes: one
/// way to the services, with the same guards, balancing and ends.
/// </summary>
internal sealed class RestEndpoint(RouteTable routes, EndpointDataSource endpoints, IOptions<RestSettings> settings)
{
    private readonly Lazy<FrozenDictionary<string, Endpoint>> _calls = new(() => endpoints.Endpoints
        .Where(endpoint => endpoint.Metadata.GetMetadata<RouteModel>() is not null)
        .ToFrozenDictionary(endpoint => endpoint.Metadata.GetMetadata<RouteModel>()!.Config.RouteId, StringComparer.Ordinal));

    public Task InvokeAsync(HttpContext context)
    {
        // A gRPC client that gets the 404 of a web server has to guess; the protocol has a status for it.
        if (context.Request.IsGrpc())
        {
            CallErrors.MethodUnknown.Answer(context);
            return Task.CompletedTask;
        }

        var (path, query) = Target(context);
        switch (routes.Find(context.Request.Method, path))
        {
            case RouteResult.Found { Binding: { Method.IsServerStreaming: true } } when HttpMethods.IsHead(context.Request.Method):
                WrongMethod(context, [HttpMethods.Get]);
                return Task.CompletedTask;
            case RouteResult.Found { Binding: var binding, Values: var values }:
                return CallAsync(context, new RestCall(binding, values, query, Timeout(binding)));
            case RouteResult.WrongMethod { Allowed: var allowed }:
                WrongMethod(context, allowed);
                return Task.CompletedTask;
            default:
                HttpError.NothingHere.Answer(context);
                return Task.CompletedTask;
        }
    }

    private Task CallAsync(HttpContext context, RestCall call)
    {
        if (call.Binding.GivesEvents && !AcceptsEvents(context.Request))
        {
            HttpError.OnlyEvents.Answer(context);
            return Task.CompletedTask;
        }

        context.Features.Set(call);
        var endpoint = _calls.Value[call.Binding.GrpcPath];
        context.SetEndpoint(endpoint);
        return endpoint.RequestDelegate!(context);
    }

    private TimeSpan? Timeout(RestBinding binding) =>
        binding.Method.IsServerStreaming || binding.TakesBytes ? null : settings.Value.Timeout;

    private static void WrongMethod(HttpContext context, IReadOnlyList<string> allowed)
    {
        context.Response.Headers.Allow = string.Join(", ", allowed.SelectMany(method => method == HttpMethods.Get ? new[] { method, HttpMethods.Head } : [method]).Append(HttpMethods.Options));
        if (HttpMethods.IsOptions(context.Request.Method))
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        else
            HttpError.MethodNotAllowed.Answer(context);
    }

    // As it came: what the server has decoded and tidied up no longer says which slashes were there.
    private static (string Path, string Query) Target(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/') && target.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme)
            target = target.IndexOf('/', scheme + 3) is > 0 and var slash ? target[slash..] : "/";
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? (target, "") : (target[..question], target[(question + 1)..]);
    }

    private static bool AcceptsEvents(HttpRequest request) =>
        request.Headers.Accept is { Count: > 0 } accept && MediaTypeHeaderValue.TryParseList(accept, out var types)
            ? types.Any(type => type.Quality is not 0 && (type.MatchesAllTypes || type.MediaType.Equals("text/*", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase)))
            : request.Headers.Accept.Count == 0;
}
