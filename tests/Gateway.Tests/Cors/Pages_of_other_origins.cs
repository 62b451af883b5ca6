using Delegation.Gateway.Tests.Hosts;

namespace Delegation.Gateway.Tests.Cors;

public sealed class Pages_of_other_origins
{
    private const string Nobody = "http://127.0.0.1:9";

    [Fact]
    public async Task May_call_when_a_setting_names_them()
    {
        await using var gateway = await GatewayHost.StartAsync([Nobody], settings: ("Cors:Origins", "https://front.example, https://other.example"));

        using var preflight = await AskAsync(gateway, HttpMethod.Options, "https://other.example");
        using var call = await AskAsync(gateway, HttpMethod.Get, "https://front.example");

        Assert.Equal("https://other.example", Assert.Single(preflight.Headers.GetValues("access-control-allow-origin")));
        Assert.Contains("idempotency-key", Assert.Single(preflight.Headers.GetValues("access-control-allow-headers")), StringComparison.Ordinal);
        Assert.Equal("https://front.example", Assert.Single(call.Headers.GetValues("access-control-allow-origin")));
        Assert.Contains("etag", Assert.Single(call.Headers.GetValues("access-control-expose-headers")), StringComparison.Ordinal);
        Assert.False(call.Headers.Contains("access-control-allow-credentials"));
    }

    [Theory]
    [InlineData("", "https://front.example")]
    [InlineData("https://front.example", "https://front.example.evil.example")]
    [InlineData("https://front.example", "http://front.example")]
    [InlineData("https://front.example", "null")]
    public async Task May_not_call_otherwise(string setting, string origin)
    {
        await using var gateway = await GatewayHost.StartAsync([Nobody], settings: ("Cors:Origins", setting));

        using var preflight = await AskAsync(gateway, HttpMethod.Options, origin);
        using var call = await AskAsync(gateway, HttpMethod.Get, origin);

        Assert.False(preflight.Headers.Contains("access-control-allow-origin"));
        Assert.False(call.Headers.Contains("access-control-allow-origin"));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("front.example")]
    [InlineData("https://front.example/")]
    public async Task Are_named_by_origin_or_the_gateway_does_not_start(string setting) =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => GatewayHost.StartAsync([Nobody], settings: ("Cors:Origins", setting)));

    private static async Task<HttpResponseMessage> AskAsync(GatewayHost gateway, HttpMethod method, string origin)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        using var request = new HttpRequestMessage(method, new Uri(gateway.HttpAddress, "/v1/organizations"));
        request.Headers.Add("origin", origin);
        request.Headers.Add("access-control-request-method", "POST");
        request.Headers.Add("access-control-request-headers", "authorization,idempotency-key");
        return await http.SendAsync(request);
    }
}
