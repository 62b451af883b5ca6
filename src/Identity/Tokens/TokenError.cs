using System.Globalization;
using System.Text.Json.Serialization;

namespace Delegation.Identity.Tokens;

/// <summary>An error answer of the token endpoint: https://datatracker.ietf.org/doc/html/rfc6749#section-5.2</summary>
internal sealed record TokenError(
    [property: JsonIgnore] int Status,
    [property: JsonPropertyName("error")] string Code,
    [property: JsonPropertyName("error_description")] string Description,
    [property: JsonIgnore] TimeSpan? RetryAfter = null) : IResult
{
    public static TokenError InvalidRequest(string description) => new(StatusCodes.Status400BadRequest, "invalid_request", description);

    public static TokenError InvalidClient(string description) => new(StatusCodes.Status401Unauthorized, "invalid_client", description);

    public static TokenError UnsupportedGrantType() =>
        new(StatusCodes.Status400BadRequest, "unsupported_grant_type", "The only grant_type here is client_credentials.");

    public static TokenError InvalidScope() => new(StatusCodes.Status400BadRequest, "invalid_scope", "This issuer defines no scope.");

    /// <summary>OAuth has no code for it: the status says when to come back (RFC 6585), the code says what to correct.</summary>
    public static TokenError TooManyFailures(TimeSpan retryAfter) =>
        new(StatusCodes.Status429TooManyRequests, "invalid_client", "Too many failed authentications.", retryAfter);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Basic realm=\"token\", charset=\"UTF-8\"";
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);

        return response.WriteAsJsonAsync(this, httpContext.RequestAborted);
    }
}
