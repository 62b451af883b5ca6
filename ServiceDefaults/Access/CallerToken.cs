using Delegation.ServiceDefaults.Errors;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace Delegation.ServiceDefaults.Access;

/// <summary>
/// What is wrong with the token of a call, if anything. Why exactly it does not hold is not told: it would help nobody but who forges one.
/// </summary>
public static class CallerToken
{
    private static readonly Refusal Missing = Unauthenticated(
        "TOKEN_MISSING",
        "This call needs an access token: send the metadata `authorization: Bearer TOKEN`.",
        "Cet appel demande un jeton d'accès : envoyez la métadonnée `authorization: Bearer JETON`.");

    private static readonly Refusal Invalid = Unauthenticated(
        "TOKEN_INVALID",
        "The access token is not one that the issuer of this platform gave for it.",
        "Le jeton d'accès n'est pas de ceux que l'émetteur de cette plateforme délivre pour elle.");

    private static readonly Refusal Expired = Unauthenticated(
        "TOKEN_EXPIRED",
        "The access token has expired. Get a new one and call again.",
        "Le jeton d'accès a expiré. Demandez-en un nouveau et recommencez.");

    private static readonly Refusal Unverifiable = new(StatusCode.Unavailable, "ISSUER_UNAVAILABLE", new LocalizedText(
        "The access token cannot be checked at the moment. Try again shortly.",
        "Le jeton d'accès ne peut pas être vérifié pour le moment. Réessayez dans un instant."));

    /// <summary>Null when the call has a valid token, whose claims are then the user of <paramref name="context"/>.</summary>
    public static async Task<Refusal?> RefusalAsync(HttpContext context)
    {
        // The middleware has done the work before; this reads its result.
        var result = await context.AuthenticateAsync();
        return result switch
        {
            { Succeeded: true } => Names(context) ? null : Invalid,
            { Failure: null } => Missing,
            { Failure: IssuerAway } => Unverifiable,
            { Failure: SecurityTokenExpiredException } => Expired,
            _ => Invalid,
        };
    }

    // RFC 9068 requires both; without them nobody calls.
    private static bool Names(HttpContext context) =>
        context.User.FindFirst("iss") is { Value.Length: > 0 } && context.User.FindFirst("sub") is { Value.Length: > 0 };

    private static Refusal Unauthenticated(string reason, string english, string french) =>
        new(StatusCode.Unauthenticated, reason, new LocalizedText(english, french));
}
