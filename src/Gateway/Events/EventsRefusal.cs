using System.Diagnostics;
using Delegation.Gateway.Forwarding;
using Delegation.Gateway.Rest.Problems;
using Delegation.ServiceDefaults.Errors;
using Google.Rpc;
using Grpc.Core;

namespace Delegation.Gateway.Events;

/// <summary>Why there is no stream, as a problem.</summary>
internal static class EventsRefusal
{
    public static void Answer(HttpContext context, Refusal refusal)
    {
        Answer(context, refusal.Status, refusal.Reason, refusal.Message.In(LanguageOf(context)));
        if (refusal.RetryAfter is { } delay)
            context.Response.Headers.RetryAfter = $"{(int)Math.Ceiling(delay.TotalSeconds)}";
    }

    /// <summary>What a service answered, whose text is in the caller's language already.</summary>
    public static void Answer(HttpContext context, RpcException refused)
    {
        if (refused.Trailers.GetValueBytes(Refusal.DetailsTrailer) is { } bytes
            && Google.Rpc.Status.Parser.ParseFrom(bytes) is { } status
            && Detail<ErrorInfo>(status) is { } info)
            Answer(context, refused.StatusCode, info.Reason, Detail<LocalizedMessage>(status)?.Message ?? status.Message);
        else
            Answer(context, CallErrors.Of(refused.StatusCode));
    }

    private static void Answer(HttpContext context, StatusCode status, string reason, string title) =>
        new Problem(HttpStatus.Of(status, reason), reason, title, LanguageOf(context), Activity.Current?.TraceId.ToHexString()).Answer(context);

    private static string LanguageOf(HttpContext context) => Language.Of(context.Request.Headers.AcceptLanguage);

    private static T? Detail<T>(Google.Rpc.Status status)
        where T : class, Google.Protobuf.IMessage<T>, new() =>
        status.Details.FirstOrDefault(detail => detail.Is(new T().Descriptor))?.Unpack<T>();
}
