using Delegation.ServiceDefaults.Errors;
using Grpc.Core;
using Yarp.ReverseProxy.Forwarder;

namespace Delegation.Gateway.Forwarding;

/// <summary>
/// The errors that the gateway itself answers a call with. The English texts are printable ASCII without '%', so that they need no encoding
/// in <c>grpc-message</c>.
/// </summary>
internal static class CallErrors
{
    public static readonly Refusal MethodUnknown = new(StatusCode.Unimplemented, "METHOD_UNKNOWN", new LocalizedText(
        "There is no such method here.",
        "Il n'y a pas de méthode de ce nom ici."));

    public static readonly Refusal DeadlineExceeded = new(StatusCode.DeadlineExceeded, "DEADLINE_EXCEEDED", new LocalizedText(
        "The answer was not ready in the time that the call allowed.",
        "La réponse n'était pas prête dans le délai accordé à l'appel."));

    public static readonly Refusal BodyBroken = new(StatusCode.InvalidArgument, "BODY_INCOMPLETE", new LocalizedText(
        "The body did not arrive in full.",
        "Le corps n'est pas arrivé en entier."));

    private static readonly Refusal ServiceUnavailable = new(StatusCode.Unavailable, "SERVICE_UNAVAILABLE", new LocalizedText(
        "The service that answers this call cannot be reached at the moment. Try again shortly.",
        "Le service qui répond à cet appel est momentanément inaccessible. Réessayez dans un instant."));

    private static readonly Refusal ServiceBusy = new(StatusCode.ResourceExhausted, "SERVICE_BUSY", new LocalizedText(
        "The service that answers this call has too much to do. Try again later.",
        "Le service qui répond à cet appel est surchargé. Réessayez plus tard."));

    private static readonly Refusal ServiceCancelled = new(StatusCode.Cancelled, "CANCELLED", new LocalizedText(
        "The service broke off the call.",
        "Le service a interrompu l'appel."));

    private static readonly Refusal Internal = new(StatusCode.Internal, "INTERNAL", new LocalizedText(
        "Something went wrong on our side. It has been logged under the request id.",
        "Une erreur est survenue de notre côté. Elle est enregistrée sous l'identifiant de la requête."));

    private static readonly LocalizedText Refused = new("The service refused the call.", "Le service a refusé l'appel.");

    /// <summary>The error for a status that a service gave without any details.</summary>
    public static Refusal Of(StatusCode status) => status switch
    {
        StatusCode.Unimplemented => MethodUnknown,
        StatusCode.DeadlineExceeded => DeadlineExceeded,
        StatusCode.Unavailable => ServiceUnavailable,
        StatusCode.ResourceExhausted => ServiceBusy,
        StatusCode.Cancelled => ServiceCancelled,
        StatusCode.Internal or StatusCode.Unknown or StatusCode.DataLoss => Internal,
        _ => new Refusal(status, "REFUSED", Refused),
    };

    /// <summary>What a failure of YARP's means to the caller.</summary>
    public static Refusal Of(ForwarderError error, Exception? exception) => error switch
    {
        ForwarderError.RequestCreation or ForwarderError.ResponseHeaders => Internal,
        _ when ResetCode(exception) is { } code => OfReset(code),
        _ => ServiceUnavailable,
    };

    // https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#errors: what a client would have made of the reset, had it seen it.
    private static Refusal OfReset(long http2ErrorCode) => http2ErrorCode switch
    {
        0x0 or 0x7 => ServiceUnavailable, // NO_ERROR, which here is a connection closed by a service that stops; REFUSED_STREAM
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
