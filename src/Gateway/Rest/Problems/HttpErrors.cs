using System.Diagnostics;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Gateway.Rest.Problems;

/// <summary>What is wrong with a request as HTTP, before there is a call: these have no gRPC status.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Reason">Stable and UPPER_SNAKE_CASE.</param>
/// <param name="Title">What is wrong, in one sentence.</param>
internal sealed record HttpError(int Status, string Reason, LocalizedText Title)
{
    public static readonly HttpError NothingHere = new(StatusCodes.Status404NotFound, "ADDRESS_UNKNOWN", new(
        "There is nothing at this address.",
        "Il n'y a rien à cette adresse."));

    public static readonly HttpError OnlyGrpc = new(StatusCodes.Status415UnsupportedMediaType, "GRPC_ONLY", new(
        "This address speaks gRPC only.",
        "Cette adresse ne parle que gRPC."));

    public static readonly HttpError MethodNotAllowed = new(StatusCodes.Status405MethodNotAllowed, "HTTP_METHOD_UNKNOWN", new(
        "This address does not have this HTTP method; the header Allow has those that it has.",
        "Cette adresse n'a pas cette méthode HTTP ; l'en-tête Allow indique celles qu'elle a."));

    public static readonly HttpError NoJson = new(StatusCodes.Status415UnsupportedMediaType, "MEDIA_TYPE_NOT_JSON", new(
        "The body must be JSON in UTF-8: send the header Content-Type: application/json, and no Content-Encoding.",
        "Le corps doit être du JSON en UTF-8 : envoyez l'en-tête Content-Type: application/json, sans Content-Encoding."));

    public static readonly HttpError NoMediaType = new(StatusCodes.Status415UnsupportedMediaType, "MEDIA_TYPE_MISSING", new(
        "Say what the bytes are: send the header Content-Type, as application/pdf, and no Content-Encoding.",
        "Indiquez ce que sont les octets : envoyez l'en-tête Content-Type, par exemple application/pdf, sans Content-Encoding."));

    public static readonly HttpError OnlyEvents = new(StatusCodes.Status406NotAcceptable, "EVENT_STREAM_ONLY", new(
        "This is a stream of events: accept text/event-stream.",
        "Ceci est un flux d'événements : acceptez text/event-stream."));

    /// <summary>For a body that breaks the rules of HTTP, or comes too slowly.</summary>
    public static HttpError BodyBroken(int status) => new(status, "BODY_INCOMPLETE", new(
        "The body did not arrive in full.",
        "Le corps n'est pas arrivé en entier."));

    public static HttpError BodyTooLarge(long limit) => new(StatusCodes.Status413PayloadTooLarge, "BODY_TOO_LARGE", new(
        $"The body has more than {limit} bytes, which is the most that is read here.",
        $"Le corps dépasse {limit} octets, le maximum lu ici."));

    /// <summary>Ends the request with it.</summary>
    public void Answer(HttpContext context)
    {
        var language = Language.Of(context.Request.Headers.AcceptLanguage);
        new Problem(Status, Reason, Title.In(language), language, Activity.Current?.TraceId.ToHexString()).Answer(context);
    }
}
