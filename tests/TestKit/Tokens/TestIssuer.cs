using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Delegation.TestKit.Tokens;

/// <summary>
/// An OpenID Connect issuer of a test's own, on loopback: discovery and keys over HTTP, tokens for anybody on demand, good ones and bad ones.
/// </summary>
public sealed class TestIssuer : IAsyncDisposable
{
    /// <summary>The audience that the platform asks for.</summary>
    public const string Audience = "delegation-platform";

    private readonly WebApplication _server;
    private RsaSecurityKey _key;

    private TestIssuer(WebApplication server, RsaSecurityKey key) => (_server, _key) = (server, key);

    /// <summary>Its name in tokens, and the value of the setting <c>Authentication:Authority</c>.</summary>
    public string Authority { get; private set; } = "";

    /// <summary>The key that signs.</summary>
    public RsaSecurityKey Key => _key;

    /// <summary>How often the keys were asked for.</summary>
    public int KeyRequests { get; private set; }

    /// <summary>How often a client asked for a token.</summary>
    public int TokenRequests { get; private set; }

    /// <summary>Whether it answers nothing but that it cannot.</summary>
    public bool Away { get; set; }

    /// <summary>What it says about the tokens that clients ask for.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Starts one on a free port.</summary>
    /// <param name="key">The key that signs at first; null for one that no other issuer has.</param>
    public static async Task<TestIssuer> StartAsync(RsaSecurityKey? key = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var issuer = new TestIssuer(builder.Build(), key ?? NewKey());
        issuer._server.Urls.Add("http://127.0.0.1:0");
        issuer._server.Use((context, next) =>
        {
            if (!issuer.Away)
                return next(context);

            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        });
        issuer._server.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, string>
        {
            ["issuer"] = issuer.Authority,
            ["jwks_uri"] = $"{issuer.Authority}/keys",
            ["token_endpoint"] = $"{issuer.Authority}/token",
        }));
        issuer._server.MapGet("/keys", issuer.PublicKeys);
        issuer._server.MapPost("/token", issuer.Give);
        await issuer._server.StartAsync();
        issuer.Authority = issuer._server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return issuer;
    }

    /// <summary>Signs with a new key from now on; the old one is gone.</summary>
    public void ChangeKey() => _key = NewKey();

    /// <summary>A token; what is not said is as the platform wants it.</summary>
    public string Token(
        string subject,
        string? clientId = null,
        string? issuer = null,
        string audience = Audience,
        DateTime? expires = null,
        SigningCredentials? credentials = null)
    {
        var claims = new Dictionary<string, object> { ["sub"] = subject, ["client_id"] = clientId ?? "test-client" };
        var end = expires ?? DateTime.UtcNow.AddMinutes(10);
        var start = DateTime.UtcNow.AddHours(-1);
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            Issuer = issuer ?? Authority,
            Audience = audience,
            IssuedAt = start,
            NotBefore = start,
            Expires = end,
            Claims = claims,
            SigningCredentials = credentials ?? new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
        });
    }

    /// <summary>A key of nobody's.</summary>
    public static RsaSecurityKey NewKey()
    {
        using var rsa = RSA.Create(2048);
        return new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: true)) { KeyId = Guid.NewGuid().ToString("N") };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    // Whoever asks gets one, in the name of the client that the credentials claim.
    private IResult Give(HttpRequest request)
    {
        TokenRequests++;
        var credentials = Encoding.ASCII.GetString(Convert.FromBase64String(request.Headers.Authorization.ToString()["Basic ".Length..]));
        var client = credentials.Split(':')[0];
        return Results.Json(new Dictionary<string, object>
        {
            ["access_token"] = Token(client, client, expires: DateTime.UtcNow + Lifetime),
            ["token_type"] = "Bearer",
            ["expires_in"] = Lifetime.TotalSeconds,
        });
    }

    private IResult PublicKeys()
    {
        KeyRequests++;
        var key = new Dictionary<string, string>
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = _key.KeyId,
            ["n"] = Base64UrlEncoder.Encode(_key.Parameters.Modulus),
            ["e"] = Base64UrlEncoder.Encode(_key.Parameters.Exponent),
        };
        return Results.Json(new { keys = new[] { key } });
    }
}
