using System.Globalization;
using Delegation.Gateway.Tests.Hosts;
using Delegation.Gateway.Tests.Protos;
using Delegation.TestKit.Redis;
using Delegation.TestKit.Tokens;
using Google.Rpc;
using Grpc.Core;

namespace Delegation.Gateway.Tests.Limits;

/// <summary>Limits over the wire. The window is an hour: no test meets its end unless it starts right before.</summary>
public sealed class Too_many_calls : IAsyncLifetime
{
    private readonly ProbeService _probe = new();
    private readonly List<GatewayHost> _gateways = [];
    private readonly Dictionary<GatewayHost, int> _calls = [];
    private TestIssuer _issuer = null!;
    private ServiceHost _service = null!;

    public async Task InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _service = await ServiceHost.StartAsync(_probe);
    }

    public async Task DisposeAsync()
    {
        foreach (var gateway in _gateways)
            await gateway.DisposeAsync();
        await _service.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task Are_refused_with_when_to_come_back_in_the_callers_language()
    {
        var gateway = await GatewayAsync(("Person", 2));
        var caller = Bearer(_issuer.Token("one"));
        caller.Add("accept-language", "fr");
        await gateway.Client.UnaryAsync(new Message(), caller).ResponseAsync.Within(10);
        await gateway.Client.UnaryAsync(new Message(), caller).ResponseAsync.Within(10);

        var refused = await Assert.ThrowsAsync<RpcException>(() => gateway.Client.UnaryAsync(new Message(), caller).ResponseAsync.Within(10));

        Assert.Equal((StatusCode.ResourceExhausted, "RATE_LIMITED"), (refused.StatusCode, refused.Reason()));
        Assert.StartsWith("Trop d'appels", refused.Detail<LocalizedMessage>()!.Message, StringComparison.Ordinal);
        var seconds = int.Parse(refused.Trailers.GetValue("retry-after")!, CultureInfo.InvariantCulture);
        Assert.InRange(refused.Detail<RetryInfo>()!.RetryDelay.ToTimeSpan().TotalSeconds, seconds - 1, seconds);
        await gateway.Client.UnaryAsync(new Message(), Bearer(_issuer.Token("another"))).ResponseAsync.Within(10);
    }

    [Fact]
    public async Task Of_an_organisation_are_refused_to_all_its_people_once_a_service_has_said_that_they_are()
    {
        _probe.OnUnary = async (request, context) =>
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "organization", "insurer" } });
            return request;
        };
        var gateway = await GatewayAsync(("Organization", 2));
        foreach (var person in new[] { "one", "one", "two", "two" })
            await gateway.Client.UnaryAsync(new Message(), Bearer(_issuer.Token(person))).ResponseAsync.Within(10);

        Assert.Equal("RATE_LIMITED", await ReasonAsync(gateway, _issuer.Token("one")));
        Assert.Equal("RATE_LIMITED", await ReasonAsync(gateway, _issuer.Token("two")));
    }

    [Fact]
    public async Task Over_rest_are_refused_as_a_problem_with_when_to_come_back()
    {
        var gateway = await GatewayAsync(("Person", 1));
        using var rest = new RestClient(gateway);
        (string, string)[] caller = [("Authorization", $"Bearer {_issuer.Token("one")}"), ("Accept-Language", "fr")];
        Assert.Equal(200, (await rest.GetAsync("/v1/wide/x", caller)).Status);

        var refused = await rest.GetAsync("/v1/wide/x", caller);

        Assert.Equal((429, "RATE_LIMITED", "application/problem+json"), (refused.Status, refused.Reason, refused.Header("Content-Type")));
        Assert.StartsWith("Trop d'appels", refused.Json.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 3600);
    }

    [Fact]
    public async Task Over_rest_are_counted_for_the_organisation_that_services_hear_of()
    {
        _probe.OnWiden = async (request, context) =>
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "organization", "insurer" } });
            return request;
        };
        var gateway = await GatewayAsync(("Organization", 2));
        using var rest = new RestClient(gateway);

        // The name of the metadata of gRPC means nothing in REST, and does not open a count of its own.
        var statuses = new List<int>();
        foreach (var made in new[] { "up", "for", "each", "call" })
            statuses.Add((await rest.GetAsync("/v1/wide/x", ("Authorization", $"Bearer {_issuer.Token("one")}"), ("organization", made))).Status);

        Assert.Equal([200, 200, 200, 429], statuses);
    }

    [Fact]
    public async Task With_made_up_tokens_are_refused_before_the_tokens_are_checked_and_people_who_are_known_call_on()
    {
        var gateway = await GatewayAsync(("Address", 3));
        var good = _issuer.Token("one");
        await gateway.Client.UnaryAsync(new Message(), Bearer(good)).ResponseAsync.Within(10);
        Assert.Equal("TOKEN_INVALID", await ReasonAsync(gateway, "made.up.1"));
        Assert.Equal("TOKEN_INVALID", await ReasonAsync(gateway, "made.up.2"));

        Assert.Equal("RATE_LIMITED", await ReasonAsync(gateway, "made.up.3"));
        Assert.Equal("RATE_LIMITED", await ReasonAsync(gateway, _issuer.Token("good but not known")));
        await gateway.Client.UnaryAsync(new Message(), Bearer(good)).ResponseAsync.Within(10);
    }

    [Fact]
    public async Task At_a_time_are_refused_until_one_of_them_has_ended()
    {
        var gateway = await GatewayAsync(("Open", 1));
        var caller = Bearer(_issuer.Token("one"));
        using (var open = gateway.Client.Chat(caller))
        {
            await open.RequestStream.WriteAsync(new Message());
            Assert.True(await open.ResponseStream.MoveNext(CancellationToken.None).Within(10));

            Assert.Equal("TOO_MANY_OPEN_CALLS", await ReasonAsync(gateway, _issuer.Token("one")));

            await open.RequestStream.CompleteAsync();
            Assert.False(await open.ResponseStream.MoveNext(CancellationToken.None).Within(10));
        }

        await Eventually.Async(async () => await ReasonAsync(gateway, _issuer.Token("one")) is null);
    }

    [RedisFact]
    public async Task Are_counted_by_all_gateways_together_and_by_each_alone_while_redis_is_away()
    {
        var redisPort = FreePort();
        await using (await RedisServer.StartAsync(redisPort))
        {
            var (one, two) = (await GatewayAsync(redisPort, ("Person", 40)), await GatewayAsync(redisPort, ("Person", 40)));
            var shared = _issuer.Token("shared");
            for (var call = 0; call < 30; call++)
                Assert.Null(await ReasonAsync(one, shared));

            // Thirty here and ten there are forty; alone, it would have let thirty more pass. They hear of each other four times a second.
            await Eventually.Async(async () =>
            {
                await Task.Delay(300);
                return await ReasonAsync(two, shared) == "RATE_LIMITED";
            });
            Assert.InRange(_calls[two], 1, 25);
        }

        var alone = _gateways[^1];
        var another = _issuer.Token("another");
        for (var call = 0; call < 40; call++)
            Assert.Null(await ReasonAsync(alone, another));
        Assert.Equal("RATE_LIMITED", await ReasonAsync(alone, another));
    }

    private static Metadata Bearer(string token) => new() { { "authorization", $"Bearer {token}" } };

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Task<GatewayHost> GatewayAsync(params (string Limit, int Value)[] limits) => GatewayAsync(null, limits);

    private async Task<GatewayHost> GatewayAsync(int? redis, params (string Limit, int Value)[] limits)
    {
        var settings = limits.Select(limit => ($"Limits:{limit.Limit}", $"{limit.Value}"));
        var gateway = await GatewayHost.StartAsync([_service.Address], authority: _issuer.Authority, settings:
            [("Limits:WindowSeconds", "3600"), ("ConnectionStrings:redis", redis is null ? "" : $"127.0.0.1:{redis}"), .. settings]);
        _gateways.Add(gateway);
        return gateway;
    }

    /// <summary>Why a call is refused, null when it is not.</summary>
    private async Task<string?> ReasonAsync(GatewayHost gateway, string token)
    {
        try
        {
            await gateway.Client.UnaryAsync(new Message(), Bearer(token)).ResponseAsync.Within(10);
            _calls[gateway] = _calls.GetValueOrDefault(gateway) + 1;
            return null;
        }
        catch (RpcException refused)
        {
            return refused.Reason();
        }
    }
}
