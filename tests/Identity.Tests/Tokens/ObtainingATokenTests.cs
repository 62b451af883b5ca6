using System.Net;

namespace Delegation.Identity.Tests.Tokens;

public sealed class ObtainingATokenTests : IDisposable
{
    private readonly IssuerHost _issuer = new();

    public void Dispose() => _issuer.Dispose();

    [Fact]
    public async Task A_service_authenticates_with_http_basic()
    {
        using var response = await _issuer.RequestTokenAsync(
            $"{IssuerHost.Service}:{IssuerHost.ServiceSecret}", ("grant_type", "client_credentials"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = await IssuerHost.JsonAsync(response);
        Assert.Equal("Bearer", answer.GetProperty("token_type").GetString());
        Assert.Equal(900, answer.GetProperty("expires_in").GetInt64());
    }

    [Fact]
    public async Task A_user_authenticates_with_the_secret_in_the_form()
    {
        using var response = await _issuer.RequestTokenAsync(
            null, ("grant_type", "client_credentials"), ("client_id", IssuerHost.User), ("client_secret", IssuerHost.UserSecret));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Http_basic_decodes_both_halves_as_form_values()
    {
        var basic = $"{WebUtility.UrlEncode(IssuerHost.User)}:{WebUtility.UrlEncode(IssuerHost.UserSecret)}";
        using var response = await _issuer.RequestTokenAsync(basic, ("grant_type", "client_credentials"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_answer_must_not_be_stored_by_a_cache()
    {
        using var response = await _issuer.RequestTokenAsync(
            $"{IssuerHost.Service}:{IssuerHost.ServiceSecret}", ("grant_type", "client_credentials"));

        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal("no-cache", response.Headers.Pragma.ToString());
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task The_token_is_an_access_token_of_rfc_9068()
    {
        using var response = await _issuer.RequestTokenAsync(
            null, ("grant_type", "client_credentials"), ("client_id", IssuerHost.User), ("client_secret", IssuerHost.UserSecret));
        var token = JsonWebToken.Parse((await IssuerHost.JsonAsync(response)).GetProperty("access_token").GetString()!);
        var issuedAt = _issuer.Time.GetUtcNow().ToUnixTimeSeconds();

        Assert.Equal("at+jwt", token.Header.GetProperty("typ").GetString());
        Assert.Equal("RS256", token.Header.GetProperty("alg").GetString());
        Assert.Equal(IssuerHost.Issuer, token.Payload.GetProperty("iss").GetString());
        Assert.Equal("user-claire", token.Payload.GetProperty("sub").GetString());
        Assert.Equal("delegation-platform", token.Payload.GetProperty("aud").GetString());
        Assert.Equal(IssuerHost.User, token.Payload.GetProperty("client_id").GetString());
        Assert.Equal("Claire Martin", token.Payload.GetProperty("name").GetString());
        Assert.Equal(issuedAt, token.Payload.GetProperty("iat").GetInt64());
        Assert.Equal(issuedAt + 900, token.Payload.GetProperty("exp").GetInt64());
        Assert.False(token.Payload.TryGetProperty("nbf", out _));
    }

    [Fact]
    public async Task A_service_without_a_subject_is_its_own_subject()
    {
        var token = JsonWebToken.Parse(await _issuer.TokenAsync());

        Assert.Equal(IssuerHost.Service, token.Payload.GetProperty("sub").GetString());
        Assert.False(token.Payload.TryGetProperty("name", out _));
    }

    [Fact]
    public async Task No_two_tokens_have_the_same_id()
    {
        var first = JsonWebToken.Parse(await _issuer.TokenAsync());
        var second = JsonWebToken.Parse(await _issuer.TokenAsync());

        Assert.NotEqual(first.Payload.GetProperty("jti").GetString(), second.Payload.GetProperty("jti").GetString());
    }
}
