using System.Collections.Concurrent;
using System.Security.Claims;
using Delegation.ServiceDefaults.Access;
using Delegation.TestKit;
using Delegation.TestKit.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Delegation.ServiceDefaults.Tests.Access;

/// <summary>An issuer, and a process of the platform that says what it thinks of a token.</summary>
internal sealed class CheckingHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private CheckingHost(TestIssuer issuer, WebApplication app)
    {
        Issuer = issuer;
        _app = app;
        _http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        _app.MapGet("/", async (HttpContext context, CallerToken token) =>
        {
            if (await token.RefusalAsync(context) is { } refusal)
                return refusal.Reason;

            Bearers.Enqueue(context.User);
            return context.User.FindFirst("sub")!.Value;
        });
    }

    public TestIssuer Issuer { get; }

    /// <summary>Who called with a good token, call by call.</summary>
    public ConcurrentQueue<ClaimsPrincipal> Bearers { get; } = new();

    public KnownTokens Known => _app.Services.GetRequiredService<KnownTokens>();

    public static async Task<CheckingHost> StartAsync()
    {
        var issuer = await TestIssuer.StartAsync();
        var builder = WebApplication.CreateSlimBuilder(["--environment=Development", "--HTTP_PORT=0", $"--Authentication:Authority={issuer.Authority}"]);
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        builder.AddTokenValidation();
        var host = new CheckingHost(issuer, builder.Build());
        await host._app.StartAsync().Within(20);
        host._http.BaseAddress = new Uri(host._app.Urls.First());
        return host;
    }

    /// <summary>The subject of a good token, the reason why another is refused.</summary>
    public async Task<string> AskAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("authorization", $"Bearer {token}");
        using var answer = await _http.SendAsync(request);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}
