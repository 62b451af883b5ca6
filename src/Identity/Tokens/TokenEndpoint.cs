using Delegation.Identity.Clients;
using Microsoft.AspNetCore.Http.Features;

namespace Delegation.Identity.Tokens;

/// <summary>
/// The client credentials grant: https://datatracker.ietf.org/doc/html/rfc6749#section-4.4. Demo users use it too, each with a
/// secret of their own, so that a command line can act as a person without a browser.
/// </summary>
internal static class TokenEndpoint
{
    /// <summary>A token request has about five short parameters; whoever sends much more is not a client.</summary>
    private static readonly FormOptions FormLimits = new() { ValueCountLimit = 16, ValueLengthLimit = 2048 };

    public static async Task<IResult> PostAsync(HttpContext context, ClientAuthentication authentication, AccessTokens tokens)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Pragma = "no-cache";

        var (form, malformed) = await ReadFormAsync(context.Request, context.RequestAborted);
        if (malformed is not null)
            return malformed;
        if (!ClientCredentials.TryRead(context.Request.Headers.Authorization, form, out var credentials, out var unreadable))
            return unreadable;

        var (client, refusal) = authentication.Authenticate(credentials, context.Connection.RemoteIpAddress);
        if (client is null)
            return refusal!;

        return form.GetValueOrDefault("grant_type") switch
        {
            null => TokenError.InvalidRequest("grant_type is missing."),
            not "client_credentials" => TokenError.UnsupportedGrantType(),
            _ when form.ContainsKey("scope") => TokenError.InvalidScope(),
            _ => TypedResults.Json(tokens.Issue(client)),
        };
    }

    /// <summary>
    /// The parameters by name. One sent twice is an error, and one sent without a value counts as absent:
    /// https://datatracker.ietf.org/doc/html/rfc6749#section-3.2
    /// </summary>
    private static async Task<(Dictionary<string, string> Form, TokenError? Error)> ReadFormAsync(HttpRequest request, CancellationToken cancellation)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        if (request.ContentType?.Split(';')[0].Trim().Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
            return (parameters, TokenError.InvalidRequest("The body must be application/x-www-form-urlencoded."));

        try
        {
            foreach (var (name, values) in await request.ReadFormAsync(FormLimits, cancellation))
            {
                if (values.Count > 1)
                    return (parameters, TokenError.InvalidRequest("A parameter is repeated."));
                if (values.ToString() is { Length: > 0 } value)
                    parameters.Add(name, value);
            }
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or BadHttpRequestException)
        {
            return (parameters, TokenError.InvalidRequest("The body is not a form, or too large."));
        }

        return (parameters, null);
    }
}
