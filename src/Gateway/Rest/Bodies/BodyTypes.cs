using Microsoft.Net.Http.Headers;

namespace Delegation.Gateway.Rest.Bodies;

/// <summary>What the headers say a body is.</summary>
internal static class BodyTypes
{
    /// <summary>JSON as it is, in UTF-8: <c>application/json</c> or a type that ends in <c>+json</c>.</summary>
    public static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (type.Type.Equals("application", StringComparison.OrdinalIgnoreCase) && type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)))
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && IsPlain(request);

    /// <summary>Bytes of a type that is named; multipart forms, whose bytes are not those of the file, are no such type.</summary>
    public static bool IsBytes(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type is { MatchesAllTypes: false, MatchesAllSubTypes: false }
        && !type.Type.Equals("multipart", StringComparison.OrdinalIgnoreCase)
        && IsPlain(request);

    private static bool IsPlain(HttpRequest request) => request.Headers.ContentEncoding.Count == 0 || request.Headers.ContentEncoding == "identity";
}
