using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Delegation.ServiceDefaults.Access;
using Delegation.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Delegation.Identity.Tests.Foreign;

/// <summary>The platform takes the tokens of oidc-provider, and asks it for its own, with nothing but its address and a secret.</summary>
public sealed class A_foreign_issuer
{
    private const string Project = "Identity.Tests";
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private static readonly NodePeers Peers = new(Project);

    [NodeTheory(Project)]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task Is_believed(string algorithm)
    {
        await using var issuer = Peers.Start("issuer.mjs", algorithm, Secret);
        var authority = (await issuer.ReportAsync()).GetProperty("address").GetString()!;
        await using var platform = await StartAsync(authority);

        using var good = await CallAsync(platform, await TokenAsync(authority));

        Assert.Equal("delivery", await good.Content.ReadAsStringAsync());
    }

    [NodeTheory(Project)]
    [InlineData("ES384")]
    [InlineData("RS512")]
    public async Task Is_not_believed_with_an_algorithm_that_is_not_ours(string algorithm)
    {
        await using var issuer = Peers.Start("issuer.mjs", algorithm, Secret);
        var authority = (await issuer.ReportAsync()).GetProperty("address").GetString()!;
        await using var platform = await StartAsync(authority);

        using var refused = await CallAsync(platform, await TokenAsync(authority));

        Assert.Equal("TOKEN_INVALID", await refused.Content.ReadAsStringAsync());
    }

    private static async Task<WebApplication> StartAsync(string authority)
    {
        var builder = WebApplication.CreateSlimBuilder(["--environment=Development", "--HTTP_PORT=0", $"--Authentication:Authority={authority}"]);
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        builder.AddTokenValidation();
        var platform = builder.Build();
        platform.MapGet("/", async (HttpContext context, CallerToken token) =>
            await token.RefusalAsync(context) is { } refusal ? refusal.Reason : context.User.FindFirst("sub")!.Value);
        await platform.StartAsync();
        return platform;
    }

    private static async Task<HttpResponseMessage> CallAsync(WebApplication platform, string token)
    {
        using var http = new HttpClient { BaseAddress = new Uri(platform.Urls.First()), Timeout = TimeSpan.FromSeconds(20) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.GetAsync(new Uri("/", UriKind.Relative));
    }

    private static async Task<string> TokenAsync(string authority)
    {
        using var http = new HttpClient { BaseAddress = new Uri(authority), Timeout = TimeSpan.FromSeconds(20) };
        var metadata = await http.GetFromJsonAsync<JsonNode>(new Uri("/.well-known/openid-configuration", UriKind.Relative));
        using var request = new HttpRequestMessage(HttpMethod.Post, (string)metadata!["token_endpoint"]!);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"delivery:{Secret}")));
        request.Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
        using var answer = await http.SendAsync(request);
        return (string)(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!;
    }
}
