using Delegation.TestKit.Tokens;
using Microsoft.IdentityModel.Tokens;

namespace Delegation.ServiceDefaults.Tests.Access;

/// <summary>What a remembered check must not let through. Every scenario begins with a good token that is known.</summary>
public sealed class A_token_that_was_checked_before : IAsyncLifetime
{
    private CheckingHost _host = null!;
    private string _good = "";

    public async Task InitializeAsync()
    {
        _host = await CheckingHost.StartAsync();
        _good = _host.Issuer.Token("somebody");
        Assert.Equal("somebody", await _host.AskAsync(_good));
        Assert.Equal(1, _host.Known.Count);
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task Is_not_checked_again()
    {
        await _host.AskAsync(_good);
        await _host.AskAsync(_good);

        // The first is the check's own, the others are what was remembered of it.
        Assert.Same(_host.Bearers.ElementAt(1), _host.Bearers.ElementAt(2));
        Assert.Equal("somebody", _host.Bearers.ElementAt(1).FindFirst("sub")!.Value);
        Assert.Equal(_host.Issuer.Authority, _host.Bearers.ElementAt(1).FindFirst("iss")!.Value);
    }

    [Fact]
    public async Task Does_not_cover_another_signature_under_the_same_claims()
    {
        var parts = _good.Split('.');
        var forged = _host.Issuer.Token("somebody", credentials: new SigningCredentials(
            new RsaSecurityKey(TestIssuer.NewKey().Parameters) { KeyId = _host.Issuer.Key.KeyId }, SecurityAlgorithms.RsaSha256)).Split('.')[2];

        await RefusedAsync($"{parts[0]}.{parts[1]}.{forged}");
        await RefusedAsync($"{parts[0]}.{parts[1]}.");
    }

    [Fact]
    public async Task Does_not_cover_itself_with_one_character_changed()
    {
        // Not the last one: of its six bits only two are part of the signature.
        for (var at = 0; at < _good.Length - 1; at += 13)
            await RefusedAsync($"{_good[..at]}{(_good[at] == 'A' ? 'B' : 'A')}{_good[(at + 1)..]}");
    }

    [Fact]
    public async Task Does_not_cover_other_claims_under_its_signature()
    {
        var parts = _good.Split('.');
        var claims = Base64UrlEncoder.Decode(parts[1]).Replace("somebody", "another1", StringComparison.Ordinal);

        await RefusedAsync($"{parts[0]}.{Base64UrlEncoder.Encode(claims)}.{parts[2]}");
    }

    [Fact]
    public async Task Does_not_cover_a_token_for_another_audience_of_another_issuer_or_without_signature()
    {
        await using var other = await TestIssuer.StartAsync();
        var unsigned = Base64UrlEncoder.Encode("""{"alg":"none","typ":"at+jwt"}""");

        await RefusedAsync(_host.Issuer.Token("somebody", audience: "another"));
        await RefusedAsync(other.Token("somebody"));
        await RefusedAsync(other.Token("somebody", issuer: _host.Issuer.Authority));
        await RefusedAsync($"{unsigned}.{_good.Split('.')[1]}.");
    }

    [Fact]
    public async Task Expires_at_its_time()
    {
        // Clocks may differ by 30 seconds; this one has two of them left.
        var late = _host.Issuer.Token("late", expires: DateTime.UtcNow.AddSeconds(-28));
        Assert.Equal("late", await _host.AskAsync(late));
        Assert.Equal(2, _host.Known.Count);

        await Task.Delay(TimeSpan.FromSeconds(3));

        Assert.Equal("TOKEN_EXPIRED", await _host.AskAsync(late));
    }

    [Fact]
    public async Task Is_refused_once_the_issuer_has_other_keys()
    {
        _host.Issuer.ChangeKey();
        // Brings the new key to everybody's knowledge.
        Assert.Equal("another", await _host.AskAsync(_host.Issuer.Token("another")));

        Assert.Equal("TOKEN_INVALID", await _host.AskAsync(_good));
    }

    [Fact]
    public async Task Stands_for_one_bearer_however_many_call_at_once()
    {
        var tokens = Enumerable.Range(0, 40).Select(person => _host.Issuer.Token($"person {person}")).ToArray();

        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(call => _host.AskAsync(tokens[call % tokens.Length])));

        Assert.All(answers.Index(), answer => Assert.Equal($"person {answer.Index % tokens.Length}", answer.Item));
    }

    private async Task RefusedAsync(string token)
    {
        Assert.Equal("TOKEN_INVALID", await _host.AskAsync(token));
        // Neither remembered nor at the cost of who was.
        Assert.Equal(1, _host.Known.Count);
        Assert.Equal("somebody", await _host.AskAsync(_good));
    }
}
