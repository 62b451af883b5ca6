using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Delegation.Gateway.OpenApi;
using Microsoft.AspNetCore.Builder;

namespace Delegation.Gateway.Tests.OpenApi;

/// <summary>The description of the API is public, cacheable, and its page needs nothing from elsewhere.</summary>
public sealed partial class ServedDescriptionTests : IAsyncLifetime, IDisposable
{
    private readonly WebApplication _app = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]).Build();
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public async Task InitializeAsync()
    {
        _app.MapApiDescription();
        await _app.StartAsync();
        _client.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task The_document_is_the_one_that_is_kept()
    {
        using var answer = await _client.GetAsync("/openapi/v1.json");

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(ApiDescription.Document, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs")]
    [InlineData("/docs/page.js")]
    public async Task Who_has_it_already_does_not_get_it_again(string path)
    {
        using var first = await _client.GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var again = await _client.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.StatusCode, again.StatusCode));
        Assert.False(first.Headers.ETag!.IsWeak);
        Assert.Equal(new CacheControlHeaderValue { NoCache = true }, again.Headers.CacheControl);
    }

    [Fact]
    public async Task The_page_is_where_people_look_and_names_no_other_host()
    {
        using var root = await _client.GetAsync("/");
        var page = await _client.GetStringAsync("/docs");
        var files = ReferredTo().Matches(page).Select(match => match.Groups[1].Value).Append("/docs/dom.js").Append("/docs/schema.js").Append("/docs/call.js").ToList();

        Assert.Equal("/docs", root.Headers.Location?.OriginalString);
        Assert.Contains("/docs/page.js", files);
        foreach (var file in files)
        {
            using var answer = await _client.GetAsync(file);
            Assert.Equal((file, HttpStatusCode.OK), (file, answer.StatusCode));
            if (file.StartsWith("/docs/", StringComparison.Ordinal))
                Assert.DoesNotMatch("https?://", await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task The_browser_is_told_to_run_only_what_the_gateway_serves()
    {
        using var answer = await _client.GetAsync("/docs");

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script>|<style|style=|onclick=", await answer.Content.ReadAsStringAsync());
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex ReferredTo();
}
