using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using Delegation.Watch.Sources;
using Microsoft.AspNetCore.Http;

namespace Delegation.Watch.Tests.Sources;

/// <summary>Limits of size, time and redirects, against a site on loopback that only this policy lets in.</summary>
public sealed class Downloading_feeds : IAsyncLifetime, IDisposable
{
    private readonly FeedDownload _download = new(new FeedConnections(new WatchHost.LoopbackToo()), TimeProvider.System) { Limit = TimeSpan.FromSeconds(1.5) };
    private MadeUpSite? _site;

    private MadeUpSite Site => _site!;

    public async Task InitializeAsync() => _site = await MadeUpSite.StartAsync();

    public async Task DisposeAsync() => await Site.DisposeAsync();

    public void Dispose() => _download.Dispose();

    [Fact]
    public async Task What_a_site_asks_to_be_sent_back_is_sent_back_and_nothing_new_has_no_body()
    {
        Site.Answers["/feed"] = context =>
        {
            (context.Response.Headers.ETag, context.Response.Headers.LastModified) = ("\"7\"", "Thu, 27 Nov 2025 09:00:00 GMT");
            if (context.Request.Headers.IfNoneMatch == "\"7\"")
                context.Response.StatusCode = 304;
            return Task.CompletedTask;
        };
        var first = await GetAsync("/feed");
        var second = await _download.GetAsync(new Uri(Site.Url("/feed")), first.Etag, first.Modified, CancellationToken.None);

        Assert.Equal(("\"7\"", "Thu, 27 Nov 2025 09:00:00 GMT", null), (first.Etag, first.Modified, second.Body));
        Assert.Equal(("/feed", "\"7\"", "Thu, 27 Nov 2025 09:00:00 GMT"), Site.Asked.Last());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_small_body_that_becomes_huge_is_left_at_the_limit(string encoding)
    {
        Site.Answers["/bomb"] = async context =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            await using Stream packed = encoding switch
            {
                "gzip" => new GZipStream(context.Response.Body, CompressionLevel.Fastest),
                "br" => new BrotliStream(context.Response.Body, CompressionLevel.Fastest),
                _ => new ZLibStream(context.Response.Body, CompressionLevel.Fastest),
            };
            for (var megabytes = 0; megabytes < 64; megabytes++)
                await packed.WriteAsync(new byte[1 << 20], context.RequestAborted);
        };

        await FailsAsync(FeedFailureException.TooLarge, "/bomb");
    }

    [Fact]
    public async Task A_body_without_end_is_left_at_the_limit()
    {
        Site.Answers["/endless"] = async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(new byte[1 << 16], context.RequestAborted);
        };

        await FailsAsync(FeedFailureException.TooLarge, "/endless");
    }

    [Fact]
    public async Task A_body_that_drips_and_one_that_never_begins_are_left_when_the_time_is_over()
    {
        Site.Answers["/drip"] = async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync("<"u8.ToArray(), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(100, context.RequestAborted);
            }
        };
        Site.Answers["/silence"] = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(FailsAsync(FeedFailureException.TimeOver, "/drip"), FailsAsync(FeedFailureException.TimeOver, "/silence"));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public async Task Redirects_are_followed_a_few_times_and_never_to_what_is_not_the_web()
    {
        Site.Answers["/1"] = Redirect("/2");
        Site.Answers["/2"] = Redirect(Site.Url("/feed"));
        Site.Says("/feed", MadeUpSite.Rss("Là"));
        Site.Answers["/loop"] = Redirect("/loop");
        Site.Answers["/file"] = Redirect("file:///etc/passwd");
        Site.Answers["/metadata"] = Redirect("http://169.254.169.254/latest/meta-data/");
        Site.Answers["/private"] = Redirect("http://10.0.0.1/");

        Assert.Equal(Site.Url("/feed"), (await GetAsync("/1")).Address.ToString());
        await FailsAsync(FeedFailureException.RedirectedTooOften, "/loop");
        await FailsAsync(FeedFailureException.RedirectRefused, "/file");
        await FailsAsync(FeedFailureException.AddressRefused, "/metadata");
        await FailsAsync(FeedFailureException.AddressRefused, "/private");
    }

    [Fact]
    public async Task A_failure_says_its_status_and_how_long_the_server_wants_to_be_left_alone()
    {
        Site.Answers["/busy"] = context =>
        {
            (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (503, "7200");
            return Task.CompletedTask;
        };
        Site.Answers["/headers"] = context =>
        {
            context.Response.Headers["X-Big"] = new string('x', 64 * 1024);
            return Task.CompletedTask;
        };

        Assert.Equal(("HTTP_503", TimeSpan.FromHours(2)), await FailsAsync("HTTP_503", "/busy"));
        await FailsAsync("HTTP_404", "/gone");
        await FailsAsync(FeedFailureException.ConnectionFailed, "/headers");
        Assert.Equal(FeedFailureException.NameUnknown, (await Assert.ThrowsAsync<FeedFailureException>(
            () => _download.GetAsync(new Uri("https://no-such-host.invalid/"), "", "", CancellationToken.None))).Reason);
    }

    private static Func<HttpContext, Task> Redirect(string to) => context =>
    {
        (context.Response.StatusCode, context.Response.Headers.Location) = ((int)HttpStatusCode.MovedPermanently, to);
        return Task.CompletedTask;
    };

    private Task<Downloaded> GetAsync(string path) => _download.GetAsync(new Uri(Site.Url(path)), "", "", CancellationToken.None);

    private async Task<(string Reason, TimeSpan? RetryAfter)> FailsAsync(string reason, string path)
    {
        var failed = await Assert.ThrowsAsync<FeedFailureException>(() => GetAsync(path));
        Assert.Equal(reason, failed.Reason);
        return (failed.Reason, failed.RetryAfter);
    }
}
