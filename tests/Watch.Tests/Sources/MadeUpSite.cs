using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Delegation.Watch.Tests.Sources;

/// <summary>A site on loopback that answers as a test wants it, and keeps what it was asked.</summary>
internal sealed class MadeUpSite : IAsyncDisposable
{
    private readonly WebApplication _server;

    private MadeUpSite(WebApplication server) => _server = server;

    /// <summary>The requests in their order.</summary>
    public ConcurrentQueue<(string Path, string Etag, string Modified)> Asked { get; } = [];

    /// <summary>What it answers to a path.</summary>
    public ConcurrentDictionary<string, Func<HttpContext, Task>> Answers { get; } = [];

    public static async Task<MadeUpSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        var server = builder.Build();
        var site = new MadeUpSite(server);
        server.Run(async context =>
        {
            var path = context.Request.Path.Value!;
            site.Asked.Enqueue((path, context.Request.Headers.IfNoneMatch.ToString(), context.Request.Headers.IfModifiedSince.ToString()));
            if (site.Answers.TryGetValue(path, out var answer))
                await answer(context);
            else
                context.Response.StatusCode = 404;
        });
        await server.StartAsync();
        return site;
    }

    public string Url(string path) => $"{_server.Urls.Single()}{path}";

    /// <summary>Answers with a body.</summary>
    public void Says(string path, string body, string type = "application/rss+xml") => Answers[path] = context =>
    {
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body);
    };

    public static string Rss(params string[] titles) =>
        $"<rss version=\"2.0\"><channel>{string.Concat(titles.Select((title, place) => $"<item><title>{title}</title><guid isPermaLink=\"false\">{title}</guid><link>https://www.example.org/{place}/{title.GetHashCode(StringComparison.Ordinal)}</link><pubDate>Thu, 27 Nov 2025 09:{place:00}:00 GMT</pubDate></item>"))}</channel></rss>";

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
