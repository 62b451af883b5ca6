using System.Net;
using Delegation.Identity.Clients;

namespace Delegation.Identity.Tests.Clients;

public sealed class GuessingSecretsTests : IDisposable
{
    private readonly IssuerHost _issuer = new();

    public void Dispose() => _issuer.Dispose();

    [Fact]
    public async Task After_too_many_wrong_secrets_even_the_right_one_waits()
    {
        await GuessAsync(IssuerHost.Service, FailedAttempts.Allowed);

        using var response = await AuthenticateAsync(IssuerHost.Service, IssuerHost.ServiceSecret);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(FailedAttempts.Window, response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Another_client_is_not_held_up()
    {
        await GuessAsync(IssuerHost.Service, FailedAttempts.Allowed);

        using var response = await _issuer.RequestTokenAsync(
            null, ("grant_type", "client_credentials"), ("client_id", IssuerHost.User), ("client_secret", IssuerHost.UserSecret));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_wait_ends()
    {
        await GuessAsync(IssuerHost.Service, FailedAttempts.Allowed);
        _issuer.Time.Advance(FailedAttempts.Window);

        using var response = await AuthenticateAsync(IssuerHost.Service, IssuerHost.ServiceSecret);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Successes_are_not_counted()
    {
        for (var i = 0; i < 2 * FailedAttempts.Allowed; i++)
        {
            using var response = await AuthenticateAsync(IssuerHost.Service, IssuerHost.ServiceSecret);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task Invented_client_ids_share_one_count()
    {
        for (var i = 0; i < FailedAttempts.Allowed; i++)
            await GuessAsync($"invented-{i}", 1);

        using var response = await AuthenticateAsync("invented-last", "whatever it is");

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
    }

    [Fact]
    public async Task No_log_line_holds_a_secret_a_token_or_what_an_unknown_caller_sent()
    {
        using var refused = await AuthenticateAsync(IssuerHost.Service, "a wrong secret in clear");
        using var unknown = await AuthenticateAsync("invented by a caller", "x");
        var token = await _issuer.TokenAsync();

        Assert.Contains(_issuer.Logs.Lines, line => line.Contains("ClientRefused", StringComparison.Ordinal));
        Assert.Contains(_issuer.Logs.Lines, line => line.Contains("TokenIssued", StringComparison.Ordinal));
        foreach (var secret in new[] { IssuerHost.ServiceSecret, "a wrong secret in clear", "invented by a caller", token, token.Split('.')[2] })
            Assert.DoesNotContain(_issuer.Logs.Lines, line => line.Contains(secret, StringComparison.Ordinal));
    }

    private Task<HttpResponseMessage> AuthenticateAsync(string client, string secret) =>
        _issuer.RequestTokenAsync($"{client}:{secret}", ("grant_type", "client_credentials"));

    private async Task GuessAsync(string client, int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var response = await AuthenticateAsync(client, $"guess number {i}");
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }
}
