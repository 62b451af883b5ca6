using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Delegation.Gateway.Tests.Hosts;

/// <summary>Calls the REST port of a gateway as a front-end does.</summary>
internal sealed class RestClient : IDisposable
{
    private readonly HttpClient _client;

    public RestClient(GatewayHost gateway) => _client = new HttpClient(new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(5),
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
    })
    {
        BaseAddress = gateway.HttpAddress,
        Timeout = TimeSpan.FromSeconds(30),
    };

    public void Dispose() => _client.Dispose();

    public Task<RestResponse> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync("GET", path, null, headers: headers);

    /// <param name="method">The HTTP method.</param>
    /// <param name="path">Path and query, sent as they are.</param>
    /// <param name="body">The text of the body; null for none.</param>
    /// <param name="contentType">What the body is said to be; null for nothing.</param>
    /// <param name="headers">More headers.</param>
    public async Task<RestResponse> SendAsync(
        string method, string path, string? body, string? contentType = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_client.BaseAddress!, path));
        if (body is not null)
            request.Content = Content(Encoding.UTF8.GetBytes(body), contentType);
        return await SendAsync(request, headers);
    }

    public async Task<RestResponse> SendAsync(HttpRequestMessage request, params (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content!.Headers.TryAddWithoutValidation(name, value);
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return new RestResponse((int)response.StatusCode, response.Headers, response.Content.Headers, bytes);
    }

    /// <summary>Starts reading an answer that does not end.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancellationToken = default) =>
        _client.GetAsync(new Uri(_client.BaseAddress!, path), HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public static ByteArrayContent Content(byte[] bytes, string? contentType)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        return content;
    }
}

/// <summary>What came back.</summary>
internal sealed record RestResponse(int Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, byte[] Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;

    public string? Reason => Json.GetProperty("reason").GetString();

    public string? Header(string name) =>
        Headers.NonValidated.TryGetValues(name, out var values) || ContentHeaders.NonValidated.TryGetValues(name, out values) ? values.ToString() : null;

    /// <summary>What is wrong, as <c>field pointer REASON</c> each.</summary>
    public string[] Errors =>
    [
        .. Json.GetProperty("errors").EnumerateArray().Select(error =>
            $"{error.GetProperty("field")} {(error.TryGetProperty("pointer", out var pointer) ? pointer.GetString() : "-")} {error.GetProperty("reason")}"),
    ];
}
