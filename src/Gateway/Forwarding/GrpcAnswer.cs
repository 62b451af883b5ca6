using System.Diagnostics;
using System.Globalization;
using Delegation.ServiceDefaults.Errors;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Microsoft.AspNetCore.Http.Features;

namespace Delegation.Gateway.Forwarding;

/// <summary>Writes a gRPC status: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#responses</summary>
internal static class GrpcAnswer
{
    private const string StatusName = "grpc-status";

    /// <summary>True when the answer is complete, whoever completed it.</summary>
    public static bool HasGrpcStatus(this HttpContext context) =>
        context.Response.Headers.ContainsKey(StatusName) || Trailers(context) is { } trailers && (trailers.IsReadOnly || trailers.ContainsKey(StatusName));

    /// <summary>Ends the call: with headers alone ("Trailers-Only") when nothing was sent yet, else with trailers after what was.</summary>
    public static void Answer(this CallError error, HttpContext context)
    {
        var response = context.Response;
        if (!response.HasStarted)
        {
            response.Clear();
            response.StatusCode = StatusCodes.Status200OK;
            response.ContentType = GrpcRequest.ContentType;
        }

        var target = response.HasStarted ? Trailers(context)! : response.Headers;
        target[StatusName] = ((int)error.Status).ToString(CultureInfo.InvariantCulture);
        target["grpc-message"] = error.Message.English;
        target["grpc-status-details-bin"] = Convert.ToBase64String(Details(error, context).ToByteArray());
    }

    private static Status Details(CallError error, HttpContext context)
    {
        var language = Language.Of(context.Request.Headers.AcceptLanguage);
        var status = new Status { Code = (int)error.Status, Message = error.Message.English };
        status.Details.Add(Any.Pack(new ErrorInfo { Reason = error.Reason, Domain = RpcErrors.Domain }));
        if (Activity.Current is { } activity)
            status.Details.Add(Any.Pack(new RequestInfo { RequestId = activity.TraceId.ToHexString() }));
        status.Details.Add(Any.Pack(new LocalizedMessage
        {
            Locale = language,
            Message = language == "fr" ? error.Message.French : error.Message.English,
        }));
        return status;
    }

    private static IHeaderDictionary? Trailers(HttpContext context) => context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
}
