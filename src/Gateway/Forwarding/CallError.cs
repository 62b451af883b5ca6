using Delegation.ServiceDefaults.Errors;
using Grpc.Core;
using Yarp.ReverseProxy.Forwarder;

namespace Delegation.Gateway.Forwarding;

/// <summary>The errors that the gateway itself answers a call with.</summary>
/// <param name="Status">The gRPC status.</param>
/// <param name="Reason"><c>ErrorInfo.reason</c>.</param>
/// <param name="Message">For people; the English one is printable ASCII without '%', so that it needs no encoding in <c>grpc-message</c>.</param>
internal sealed record CallError(StatusCode Status, string Reason, LocalizedText Message)
{
    public static readonly CallError MethodUnknown = new(StatusCode.Unimplemented, "METHOD_UNKNOWN", new(
        "There is no such method here.",
        "Il n'y a pas de méthode de ce nom ici."));

    public static readonly CallError DeadlineExceeded = new(StatusCode.DeadlineExceeded, "DEADLINE_EXCEEDED", new(
        "The answer was not ready in the time that the call allowed.",
        "La réponse n'était pas prête dans le délai accordé à l'appel."));

    private static readonly CallError ServiceUnavailable = new(StatusCode.Unavailable, "SERVICE_UNAVAILABLE", new(
        "The service that answers this call cannot be reached at the moment. Try again shortly.",
        "Le service qui répond à cet appel est momentanément inaccessible. Réessayez dans un instant."));

    private static readonly CallError ServiceBusy = new(StatusCode.ResourceExhausted, "SERVICE_BUSY", new(
        "The service that answers this call has too much to do. Try again later.",
        "Le service qui répond à cet appel est surchargé. Réessayez plus tard."));

    private static readonly CallError ServiceCancelled = new(StatusCode.Cancelled, "CANCELLED", new(
        "The service broke off the call.",
        "Le service a interrompu l'appel."));

    private static readonly CallError Internal = new(StatusCode.Internal, "INTERNAL", new(
        "Something went wrong on our side. It has been logged under the request id.",
        "Une erreur est survenue de notre côté. Elle est enregistrée sous l'identifiant de la requête."));

    /// <summary>What a failure of YARP's means to the caller.</summary>
    public static CallError Of(ForwarderError error, Exception? exception) => error switch
    {
        ForwarderError.RequestCreation or ForwarderError.ResponseHeaders => Internal,
        _ when ResetCode(exception) is { } code => OfReset(code),
        _ => ServiceUnavailable,
    };

    // https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#errors: what a client would have made of the reset, had it seen it.
    private static CallError OfReset(long http2ErrorCode) => http2ErrorCode switch
    {
        0x7 => ServiceUnavailable, // REFUSED_STREAM
        0x8 => ServiceCancelled, // CANCEL
        0xb => ServiceBusy, // ENHANCE_YOUR_CALM
        _ => Internal,
    };

    private static long? ResetCode(Exception? exception) => exception switch
    {
        null => null,
        HttpProtocolException reset => reset.ErrorCode,
        AggregateException several => several.InnerExceptions.Select(ResetCode).FirstOrDefault(code => code is not null),
        _ => ResetCode(exception.InnerException),
    };
}
