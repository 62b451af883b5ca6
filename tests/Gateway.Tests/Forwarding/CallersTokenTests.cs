using Delegation.Gateway.Tests.Hosts;
using Delegation.Gateway.Tests.Protos;
using Delegation.TestKit.Tokens;
using Grpc.Core;

namespace Delegation.Gateway.Tests.Forwarding;

public sealed class CallersTokenTests : IAsyncLifetime
{
    private readonly ProbeService _probe = new();
    private TestIssuer _issuer = null!;
    private ServiceHost _service = null!;
    private GatewayHost _gateway = null!;
    private Metadata? _received;

    public async Task InitializeAsync()
    {
        _probe.OnUnary = (request, context) =>
        {
            _received = context.RequestHeaders;
            return Task.FromResult(request);
        };
        _issuer = await TestIssuer.StartAsync();
        _service = await ServiceHost.StartAsync(_probe);
        _gateway = await GatewayHost.StartAsync([_service.Address], authority: _issuer.Authority);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _service.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task A_good_token_goes_on_untouched()
    {
        var authorization = $"Bearer {_issuer.Token("somebody")}";

        await _gateway.Client.UnaryAsync(new Message(), new Metadata { { "authorization", authorization }, { "organization", "one" } }).ResponseAsync.Within(10);

        Assert.Equal((authorization, "one"), (_received!.GetValue("authorization"), _received.GetValue("organization")));
    }

    [Fact]
    public async Task Without_a_token_no_service_hears_of_the_call()
    {
        var refused = await RefusedAsync([]);

        Assert.Equal((StatusCode.Unauthenticated, "TOKEN_MISSING"), (refused.StatusCode, refused.Reason()));
        Assert.Null(_received);
    }

    [Fact]
    public async Task Bad_tokens_are_refused_by_what_is_wrong_with_them()
    {
        await using var other = await TestIssuer.StartAsync();

        Assert.Equal("TOKEN_EXPIRED", (await RefusedAsync(Bearer(_issuer.Token("somebody", expires: DateTime.UtcNow.AddMinutes(-1))))).Reason());
        Assert.Equal("TOKEN_INVALID", (await RefusedAsync(Bearer(_issuer.Token("somebody", audience: "another")))).Reason());
        Assert.Equal("TOKEN_INVALID", (await RefusedAsync(Bearer(other.Token("somebody", issuer: _issuer.Authority)))).Reason());
        Assert.Equal("TOKEN_INVALID", (await RefusedAsync(Bearer("nonsense"))).Reason());
        Assert.Null(_received);
    }

    [Fact]
    public async Task The_refusal_is_in_the_callers_language()
    {
        var refused = await RefusedAsync(new Metadata { { "accept-language", "fr" } });

        Assert.StartsWith("Cet appel demande un jeton", refused.Detail<Google.Rpc.LocalizedMessage>()!.Message, StringComparison.Ordinal);
    }

    private static Metadata Bearer(string token) => new() { { "authorization", $"Bearer {token}" } };

    private async Task<RpcException> RefusedAsync(Metadata metadata) =>
        await Assert.ThrowsAsync<RpcException>(() => _gateway.Client.UnaryAsync(new Message(), metadata).ResponseAsync.Within(10));
}
