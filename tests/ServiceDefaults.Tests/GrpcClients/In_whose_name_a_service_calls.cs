using Delegation.Probe.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.TestKit;
using Delegation.TestKit.Tokens;
using Grpc.Core;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Delegation.ServiceDefaults.Tests.GrpcClients;

public sealed class In_whose_name_a_service_calls : IAsyncLifetime
{
    private readonly List<(string? Authorization, string? Organization)> _seen = [];
    private TestIssuer _issuer = null!;
    private ServicePair _pair = null!;

    public async Task InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _pair = await ServicePair.StartAsync(
            ("Authentication:Authority", _issuer.Authority), ("Authentication:ClientId", "delivery"), ("Authentication:ClientSecret", "a secret: 100 %"));
        _pair.Back.Handlers.Ask = (_, context) =>
        {
            lock (_seen)
                _seen.Add((context.RequestHeaders.GetValue("authorization"), context.RequestHeaders.GetValue("organization")));
            return Task.FromResult(new Answer());
        };
    }

    public async Task DisposeAsync()
    {
        await _pair.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task While_it_serves_a_call_in_the_callers_and_for_their_organisation()
    {
        var metadata = new Metadata { { "authorization", "Bearer the-caller's" }, { "organization", "the caller's" } };

        await _pair.Front.Client.AskAsync(new Question(), metadata).ResponseAsync.Within(10);

        Assert.Equal([("Bearer the-caller's", "the caller's")], _seen);
        Assert.Equal(0, _issuer.TokenRequests);
    }

    [Fact]
    public async Task A_caller_without_a_token_is_not_lent_the_services_own()
    {
        await _pair.Front.Client.AskAsync(new Question()).ResponseAsync.Within(10);

        Assert.Equal([(null, null)], _seen);
    }

    [Fact]
    public async Task On_nobodys_behalf_in_its_own_with_one_token_for_many_calls()
    {
        for (var i = 0; i < 3; i++)
            await _pair.BackClient.AskAsync(new Question()).ResponseAsync.Within(10);

        Assert.Single(_seen.Distinct());
        Assert.Equal("delivery", new JsonWebToken(_seen[0].Authorization!["Bearer ".Length..]).Subject);
        Assert.Equal(1, _issuer.TokenRequests);
    }

    [Fact]
    public async Task A_token_that_is_about_to_expire_is_not_used_any_more()
    {
        _issuer.Lifetime = TimeSpan.FromMilliseconds(100);
        await _pair.BackClient.AskAsync(new Question()).ResponseAsync.Within(10);
        await Task.Delay(100);

        await _pair.BackClient.AskAsync(new Question()).ResponseAsync.Within(10);

        Assert.Equal(2, _issuer.TokenRequests);
    }

    [Fact]
    public async Task A_token_that_another_service_refused_is_replaced()
    {
        _pair.Back.Handlers.Ask = (_, _) => throw RpcErrors.Of(new Refusal(StatusCode.Unauthenticated, "TOKEN_INVALID", new LocalizedText("No.", "Non.")));
        await Assert.ThrowsAsync<RpcException>(() => _pair.BackClient.AskAsync(new Question()).ResponseAsync.Within(10));
        await Assert.ThrowsAsync<RpcException>(() => _pair.BackClient.AskAsync(new Question()).ResponseAsync.Within(10));

        Assert.Equal(2, _issuer.TokenRequests);
    }

    [Fact]
    public async Task Many_calls_at_once_ask_for_one_token()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _pair.BackClient.AskAsync(new Question()).ResponseAsync)).Within(20);

        Assert.Equal(1, _issuer.TokenRequests);
    }
}
