using System.Security.Claims;
using Delegation.ServiceDefaults.Errors;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Tokens;

namespace Delegation.ServiceDefaults.Access;

/// <summary>What callers are told of a token that does not hold.</summary>
internal static class TokenRefusals
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

    /// <summary>What the result of a full check means; null for a good token.</summary>
    public static Refusal? Of(AuthenticateResult check) => check switch
    {
        { Succeeded: true } => Names(check.Principal) ? null : Invalid,
        { Failure: null } => Missing,
        { Failure: IssuerAway } => Unverifiable,
        { Failure: SecurityTokenExpiredException } => Expired,
        _ => Invalid,
    };

    // RFC 9068 requires both; without them nobody calls.
    private static bool Names(ClaimsPrincipal bearer) =>
        bearer.FindFirst("iss") is { Value.Length: > 0 } && bearer.FindFirst("sub") is { Value.Length: > 0 };

    private static Refusal Unauthenticated(string reason, string english, string french) =>
        new(StatusCode.Unauthenticated, reason, new LocalizedText(english, french));
}
