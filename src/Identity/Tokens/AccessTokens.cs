using System.Text.Json.Serialization;
using Delegation.Identity.Clients;
using Delegation.Identity.Keys;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Delegation.Identity.Tokens;

/// <summary>The success answer of the token endpoint: https://datatracker.ietf.org/doc/html/rfc6749#section-5.1</summary>
internal sealed record TokenResponse(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] long ExpiresIn);

/// <summary>Makes access tokens in the JWT profile: https://datatracker.ietf.org/doc/html/rfc9068#section-2</summary>
internal sealed class AccessTokens(SigningKeys keys, TimeProvider time, IOptions<IssuerOptions> options, ILogger<AccessTokens> logger)
{
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly IssuerOptions _options = options.Value;

    public TokenResponse Issue(Client client)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var id = Guid.NewGuid().ToString("N");
        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = client.Subject,
            [JwtRegisteredClaimNames.Jti] = id,
            ["client_id"] = client.Id,
        };
        if (client.Name is not null)
            claims[JwtRegisteredClaimNames.Name] = client.Name;

        var token = Handler.CreateToken(new SecurityTokenDescriptor
        {
            // Not "JWT": an identity token of the same issuer must never pass for an access token.
            TokenType = "at+jwt",
            Issuer = _options.Issuer,
            Audience = _options.Audience,
            IssuedAt = now,
            Expires = now + _options.TokenLifetime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(keys.Current.Key, SigningKey.Algorithm),
        });

        logger.TokenIssued(id, client.Id);
        return new TokenResponse(token, "Bearer", (long)_options.TokenLifetime.TotalSeconds);
    }
}
