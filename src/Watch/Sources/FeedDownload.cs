using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Delegation.Watch.Sources;

/// <summary>What a feed answered.</summary>
/// <param name="Address">Where it was in the end.</param>
/// <param name="Body">Its bytes; null when nothing changed since.</param>
/// <param name="Charset">The charset that the header names; null without.</param>
/// <param name="Etag">To be sent back the next time; may be empty.</param>
/// <param name="Modified">The same.</param>
internal sealed record Downloaded(Uri Address, byte[]? Body, string? Charset, string Etag, string Modified);

/// <summary>Downloads a feed within limits of size, time and redirects. The limits count what comes out of a compressed body.</summary>
internal sealed class FeedDownload(FeedConnections connections, TimeProvider clock) : IDisposable
{
    public const int MostBytes = 4 * 1024 * 1024;
    private const int MostRedirects = 5;

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly HttpMessageInvoker _client = new(connections.NewHandler());

    /// <summary>All of it, redirects and body, must be over in this time.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(20);

    public void Dispose() => _client.Dispose();

    /// <exception cref="FeedFailureException">It cannot be had, and why.</exception>
    public async Task<Downloaded> GetAsync(Uri address, string etag, string modified, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Real time, whatever the platform's clock says.
        limited.CancelAfter(Limit);
        try
        {
            return await FollowAsync(address, etag, modified, limited.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FeedFailureException(FeedFailureException.TimeOver);
        }
        catch (HttpRequestException failed)
        {
            throw failed.InnerException as FeedFailureException ?? new FeedFailureException(FeedFailureException.ConnectionFailed);
        }
        catch (Exception failed) when (failed is IOException or SocketException or InvalidDataException)
        {
            throw new FeedFailureException(FeedFailureException.ConnectionFailed);
        }
    }

    private async Task<Downloaded> FollowAsync(Uri address, string etag, string modified, CancellationToken cancellationToken)
    {
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            using var request = NewRequest(address, etag, modified);
            using var response = await _client.SendAsync(request, cancellationToken);
            if ((int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location)
            {
                address = Next(address, location);
                continue;
            }

            if (response.StatusCode == HttpStatusCode.NotModified)
                return new Downloaded(address, Body: null, Charset: null, etag, modified);
            if (!response.IsSuccessStatusCode)
                throw new FeedFailureException(string.Create(CultureInfo.InvariantCulture, $"HTTP_{(int)response.StatusCode}")) { RetryAfter = WaitOf(response.Headers.RetryAfter) };

            return new Downloaded(
                address, await ReadAsync(response.Content, cancellationToken), response.Content.Headers.ContentType?.CharSet?.Trim('"'),
                Sent(response.Headers.ETag?.ToString()), Sent(response.Content.Headers.NonValidated.TryGetValues("Last-Modified", out var values) ? values.ToString() : null));
        }

        throw new FeedFailureException(FeedFailureException.RedirectedTooOften);
    }

    private static HttpRequestMessage NewRequest(Uri address, string etag, string modified)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher };
        request.Headers.TryAddWithoutValidation("User-Agent", "DelegationPlatform-Watch/1.0");
        request.Headers.TryAddWithoutValidation("Accept", "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.8, text/xml;q=0.8, */*;q=0.1");
        if (etag.Length > 0)
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        if (modified.Length > 0)
            request.Headers.TryAddWithoutValidation("If-Modified-Since", modified);

        return request;
    }

    // From https nobody is led back to http, where others could write what we read.
    private static Uri Next(Uri from, Uri location)
    {
        var next = new Uri(from, location);
        return next.Scheme == Uri.UriSchemeHttps || next.Scheme == Uri.UriSchemeHttp && from.Scheme == Uri.UriSchemeHttp
            ? next
            : throw new FeedFailureException(FeedFailureException.RedirectRefused);
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > MostBytes)
            throw new FeedFailureException(FeedFailureException.TooLarge);

        await using var body = await content.ReadAsStreamAsync(cancellationToken);
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int count; (count = await body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (read.Length + count > MostBytes)
                throw new FeedFailureException(FeedFailureException.TooLarge);
            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }

    private TimeSpan? WaitOf(RetryConditionHeaderValue? asked)
    {
        var wait = asked?.Delta ?? (asked?.Date - clock.GetUtcNow());
        return wait is { } time ? TimeSpan.FromTicks(Math.Clamp(time.Ticks, 0, LongestWait.Ticks)) : null;
    }

    // What a server has us send back is short, or not kept.
    private static string Sent(string? value) => value is { Length: <= 500 } ? value : "";
}
