using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.Tokens;

namespace Delegation.Identity.Keys;

/// <summary>The key set of RFC 7517: public halves only, one property per member that verifiers need.</summary>
internal sealed record JsonWebKeys([property: JsonPropertyName("keys")] IReadOnlyList<JsonWebKeys.PublicKey> Keys)
{
    public static JsonHttpResult<JsonWebKeys> Get(SigningKeys keys, HttpResponse response)
    {
        // Short enough for a development restart, long enough that a verifier does not ask for each token.
        response.Headers.CacheControl = "public, max-age=60";
        return TypedResults.Json(new JsonWebKeys([.. keys.Published.Select(PublicKey.Of)]), contentType: "application/jwk-set+json");
    }

    internal sealed record PublicKey(
        [property: JsonPropertyName("kty")] string KeyType,
        [property: JsonPropertyName("use")] string Use,
        [property: JsonPropertyName("alg")] string Algorithm,
        [property: JsonPropertyName("kid")] string KeyId,
        [property: JsonPropertyName("n")] string Modulus,
        [property: JsonPropertyName("e")] string Exponent)
    {
        public static PublicKey Of(SigningKey key) => new(
            "RSA", "sig", SigningKey.Algorithm, key.Key.KeyId,
            Base64UrlEncoder.Encode(key.Key.Parameters.Modulus), Base64UrlEncoder.Encode(key.Key.Parameters.Exponent));
    }
}
