namespace Delegation.Identity.Tests.Keys;

public sealed class VerifyingTokensTests : IDisposable
{
    private const string Jwks = "/.well-known/jwks.json";

    private readonly IssuerHost _issuer = new();

    public void Dispose() => _issuer.Dispose();

    [Fact]
    public async Task A_token_verifies_against_the_published_keys()
    {
        var token = JsonWebToken.Parse(await _issuer.TokenAsync());

        Assert.True(token.IsSignedByOneOf(await _issuer.GetJsonAsync(Jwks)));
    }

    [Fact]
    public async Task A_token_with_one_byte_changed_does_not()
    {
        var token = JsonWebToken.Parse(await _issuer.TokenAsync());
        token.Signed[^1] ^= 1;

        Assert.False(token.IsSignedByOneOf(await _issuer.GetJsonAsync(Jwks)));
    }

    [Fact]
    public async Task A_token_outlives_the_change_of_keys()
    {
        _ = await _issuer.TokenAsync();
        _issuer.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(1));
        var before = JsonWebToken.Parse(await _issuer.TokenAsync());
        _issuer.Time.Advance(TimeSpan.FromMinutes(2));
        var after = JsonWebToken.Parse(await _issuer.TokenAsync());

        var keys = await _issuer.GetJsonAsync(Jwks);

        Assert.NotEqual(before.Header.GetProperty("kid").GetString(), after.Header.GetProperty("kid").GetString());
        Assert.True(before.IsSignedByOneOf(keys));
        Assert.True(after.IsSignedByOneOf(keys));
    }

    [Fact]
    public async Task Only_public_halves_are_published()
    {
        var keys = await _issuer.GetJsonAsync(Jwks);

        foreach (var key in keys.GetProperty("keys").EnumerateArray())
            Assert.Equal(["alg", "e", "kid", "kty", "n", "use"], key.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
    }
}
