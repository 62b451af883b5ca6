using System.Diagnostics;
using System.Globalization;
using Delegation.Gateway.Rest.Calls;
using Delegation.ServiceDefaults.Errors;
using Google.Protobuf;
using Microsoft.AspNetCore.Http.Features;

namespace Delegation.Gateway.Forwarding;

/// <summary>Writes a gRPC status: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#responses</summary>
internal static class GrpcAnswer
{
    private const string StatusName = "grpc-status";

    /// <summary>True when the answer is complete, whoever completed it.</summary>
    public static bool HasGrpcStatus(this HttpContext context) =>
        RestCall.Of(context) is not null ? context.Response.HasStarted
        : context.Response.Headers.ContainsKey(StatusName) || Trailers(context) is { } trailers && (trailers.IsReadOnly || trailers.ContainsKey(StatusName));

    /// <summary>
    /// Ends the call: with headers alone ("Trailers-Only") when nothing was sent yet, else with trailers after what was. A call that came over REST
    /// ends as REST.
    /// </summary>
    public static void Answer(this Refusal error, HttpContext context)
    {
        if (RestCall.Of(context) is { } call)
        {
            RestEnd.Refuse(context, call, error);
            SayWhen(error, context.Response);
            return;
        }

        var details = error.Details(Language.Of(context.Request.Headers.AcceptLanguage), Activity.Current?.TraceId.ToHexString());
        var response = context.Response;
        if (!response.HasStarted)
        {
            response.Clear();
            response.StatusCode = StatusCodes.Status200OK;
            response.ContentType = GrpcRequest.ContentType;
            SayWhen(error, response);
        }

        var target = response.HasStarted ? Trailers(context)! : response.Headers;
        target[StatusName] = ((int)error.Status).ToString(CultureInfo.InvariantCulture);
        target["grpc-message"] = error.Message.English;
        target[Refusal.DetailsTrailer] = Convert.ToBase64String(details.ToByteArray());
    }

    private static void SayWhen(Refusal error, HttpResponse response)
    {
        if (error.RetryAfter is { } delay && !response.HasStarted)
            response.Headers.RetryAfter = ((int)Math.Ceiling(delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    private static IHeaderDictionary? Trailers(HttpContext context) => context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
}
