using System.Text.Json;

namespace Delegation.Identity.Tests.Discovery;

public sealed class DiscoveringTheIssuerTests : IDisposable
{
    private readonly IssuerHost _issuer = new();

    public void Dispose() => _issuer.Dispose();

    [Fact]
    public async Task The_document_names_the_issuer_exactly_and_addresses_below_it_that_answer()
    {
        var document = await _issuer.GetJsonAsync("/.well-known/openid-configuration");

        Assert.Equal(IssuerHost.Issuer, document.GetProperty("issuer").GetString());
        Assert.Equal($"{IssuerHost.Issuer}/token", document.GetProperty("token_endpoint").GetString());
        var keys = await _issuer.GetJsonAsync(document.GetProperty("jwks_uri").GetString()![IssuerHost.Issuer.Length..]);
        Assert.Equal(2, keys.GetProperty("keys").GetArrayLength());
    }

    [Fact]
    public async Task OpenID_Connect_and_OAuth_clients_find_the_same_document() =>
        Assert.True(JsonElement.DeepEquals(
            await _issuer.GetJsonAsync("/.well-known/openid-configuration"),
            await _issuer.GetJsonAsync("/.well-known/oauth-authorization-server")));

    [Fact]
    public async Task What_it_promises_is_what_works()
    {
        var document = await _issuer.GetJsonAsync("/.well-known/openid-configuration");

        Assert.Equal(["client_credentials"], Values(document, "grant_types_supported"));
        Assert.Equal(["client_secret_basic", "client_secret_post"], Values(document, "token_endpoint_auth_methods_supported"));
        Assert.Equal(["RS256"], Values(document, "id_token_signing_alg_values_supported"));
        Assert.False(document.TryGetProperty("authorization_endpoint", out _));
    }

    private static IEnumerable<string?> Values(JsonElement document, string member) =>
        document.GetProperty(member).EnumerateArray().Select(value => value.GetString());
}
