using System.Text.Json.Serialization;
using Delegation.Identity.Keys;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Delegation.Identity.Discovery;

/// <summary>
/// What a client can find out about the issuer: https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata and
/// https://datatracker.ietf.org/doc/html/rfc8414#section-2
/// </summary>
internal sealed record DiscoveryDocument(
    [property: JsonPropertyName("issuer")] string Issuer,
    [property: JsonPropertyName("jwks_uri")] string JwksUri,
    [property: JsonPropertyName("token_endpoint")] string TokenEndpoint,
    [property: JsonPropertyName("grant_types_supported")] IReadOnlyList<string> GrantTypes,
    [property: JsonPropertyName("token_endpoint_auth_methods_supported")] IReadOnlyList<string> AuthenticationMethods,
    [property: JsonPropertyName("response_types_supported")] IReadOnlyList<string> ResponseTypes,
    [property: JsonPropertyName("subject_types_supported")] IReadOnlyList<string> SubjectTypes,
    [property: JsonPropertyName("id_token_signing_alg_values_supported")] IReadOnlyList<string> IdTokenAlgorithms)
{
    public const string JwksPath = "/.well-known/jwks.json";
    public const string TokenPath = "/token";

    public static JsonHttpResult<DiscoveryDocument> Get(IOptions<IssuerOptions> options)
    {
        var issuer = options.Value.Issuer;
        return TypedResults.Json(new DiscoveryDocument(
            issuer,
            issuer + JwksPath,
            issuer + TokenPath,
            GrantTypes: ["client_credentials"],
            AuthenticationMethods: ["client_secret_basic", "client_secret_post"],
            // Required by both specifications, and truthfully empty: there is no authorization endpoint.
            ResponseTypes: [],
            SubjectTypes: ["public"],
            IdTokenAlgorithms: [SigningKey.Algorithm]));
    }
}
