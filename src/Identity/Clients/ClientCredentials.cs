using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using Delegation.Identity.Tokens;

namespace Delegation.Identity.Clients;

/// <summary>The id and secret of a token request, by either method of RFC 6749 section 2.3.1.</summary>
internal sealed record ClientCredentials(string Id, string Secret)
{
    private const string Basic = "Basic ";

    /// <summary>Reads <c>client_secret_basic</c> or <c>client_secret_post</c>; using both at once is an error of its own.</summary>
    public static bool TryRead(
        string? authorization,
        IReadOnlyDictionary<string, string> form,
        [NotNullWhen(true)] out ClientCredentials? credentials,
        [NotNullWhen(false)] out TokenError? error)
    {
        var id = form.GetValueOrDefault("client_id");
        var secret = form.GetValueOrDefault("client_secret");
        credentials = null;

        if (!string.IsNullOrEmpty(authorization))
        {
            if (!TryReadBasic(authorization, out credentials))
                error = TokenError.InvalidClient("The Authorization header is not valid HTTP Basic.");
            else if (secret is not null)
                error = TokenError.InvalidRequest("Use the Authorization header or client_secret, not both.");
            else if (id is not null && id != credentials.Id)
                error = TokenError.InvalidRequest("client_id differs from the Authorization header.");
            else
                error = null;
        }
        else if (id is null || secret is null)
        {
            error = TokenError.InvalidClient("Client authentication is required.");
        }
        else
        {
            credentials = new ClientCredentials(id, secret);
            error = null;
        }

        return error is null;
    }

    private static bool TryReadBasic(string authorization, [NotNullWhen(true)] out ClientCredentials? credentials)
    {
        credentials = null;
        if (!authorization.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
            return false;

        var encoded = authorization.AsSpan(Basic.Length).Trim();
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var length))
            return false;

        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return false;

        // Both halves are form-encoded before they are joined: https://datatracker.ietf.org/doc/html/rfc6749#section-2.3.1
        credentials = new ClientCredentials(WebUtility.UrlDecode(pair[..colon]), WebUtility.UrlDecode(pair[(colon + 1)..]));
        return true;
    }

    /// <summary>The id alone: a record would print the secret wherever one of these is logged.</summary>
    public override string ToString() => Id;
}
