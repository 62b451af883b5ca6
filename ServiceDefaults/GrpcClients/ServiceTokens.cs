using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Delegation.ServiceDefaults.GrpcClients;

/// <summary>
/// The token that a service shows when it calls for nobody: client credentials (RFC 6749 section 4.4) by the settings
/// <c>Authentication:ClientId</c> and <c>Authentication:ClientSecret</c>. One token serves until shortly before it expires.
/// </summary>
internal sealed class ServiceTokens(IConfiguration configuration, IOptionsMonitor<JwtBearerOptions> validation, TimeProvider clock) : IDisposable
{
    // A token must outlive the call that carries it, and clocks differ.
    private static readonly TimeSpan Reserve = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _gate = new(1);
    private Kept? _kept;

    /// <summary>A token that is valid for a while, or null where the process has no credentials.</summary>
    /// <exception cref="HttpRequestException">The issuer cannot be reached, or refuses.</exception>
    public async Task<string?> GetAsync(CancellationToken cancellationToken)
    {
        if (configuration["Authentication:ClientId"] is not { Length: > 0 } id || configuration["Authentication:ClientSecret"] is not { Length: > 0 } secret)
            return null;
        if (Usable() is { } token)
            return token;

        await _gate.WaitAsync(cancellationToken);
        try
        {
            return Usable() ?? (_kept = await AskAsync(id, secret, cancellationToken)).Token;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Asks for another one next time, unless somebody did already.</summary>
    public void Forget(string? token)
    {
        if (_kept is { } kept && kept.Token == token)
            Interlocked.CompareExchange(ref _kept, null, kept);
    }

    public void Dispose() => _gate.Dispose();

    // Measured, not read off the clock: a clock that is moved must not make a token live longer.
    private string? Usable() => _kept is { } kept && clock.GetElapsedTime(kept.Since) < kept.Use ? kept.Token : null;

    private async Task<Kept> AskAsync(string id, string secret, CancellationToken cancellationToken)
    {
        var issuer = validation.Get(JwtBearerDefaults.AuthenticationScheme);
        var metadata = await issuer.ConfigurationManager!.GetConfigurationAsync(cancellationToken);

        // Both halves are form-encoded before they are joined: RFC 6749 section 2.3.1.
        var credentials = Encoding.ASCII.GetBytes($"{Uri.EscapeDataString(id)}:{Uri.EscapeDataString(secret)}");
        using var request = new HttpRequestMessage(HttpMethod.Post, metadata.TokenEndpoint)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials)) },
            Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]),
        };

        var asked = clock.GetTimestamp();
        using var response = await issuer.Backchannel.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<Answer>(cancellationToken);
        if (answer is not { Token.Length: > 0 })
            throw new HttpRequestException("The issuer answered without a token.");

        var lifetime = TimeSpan.FromSeconds(answer.Lifetime);
        return new Kept(answer.Token, asked, lifetime > 2 * Reserve ? lifetime - Reserve : lifetime / 2);
    }

    private sealed record Kept(string Token, long Since, TimeSpan Use);

    private sealed record Answer([property: JsonPropertyName("access_token")] string Token, [property: JsonPropertyName("expires_in")] double Lifetime);
}
