using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Delegation.Platform.Tests.Stories;

/// <summary>Somebody who calls the platform over REST for one organisation, in one language.</summary>
internal sealed class Party(HttpClient gateway, string token, string language)
{
    /// <summary>For whom, once there is one.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>The delegation of the story, once there is one.</summary>
    public string DelegationId { get; set; } = "";

    /// <summary>The words that this person reads.</summary>
    public string In(string english, string french) => language == "fr" ? french : english;

    public Task<Answer> GetAsync(string path) => SendAsync(Request(HttpMethod.Get, path));

    public Task<Answer> PostAsync(string path, object body, string? etag = null) => SendAsync(Request(HttpMethod.Post, path, body, etag));

    public Task<Answer> PutAsync(string path, object body, string? etag = null) => SendAsync(Request(HttpMethod.Put, path, body, etag));

    public Task<Answer> PatchAsync(string path, object body, string? etag = null) => SendAsync(Request(HttpMethod.Patch, path, body, etag));

    /// <summary>Reads a thing, and does with it as it was read: <c>POST {path}:{verb}</c>.</summary>
    public async Task<Answer> ActAsync(string path, string verb, object? body = null) =>
        await PostAsync($"{path}:{verb}", body ?? new { }, (await GetAsync(path)).Ok().Etag);

    /// <summary>Sends a file: the body is its bytes, and what else is said of it stands in the query.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="fileName">Its name.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="type">Its media type.</param>
    /// <param name="sha256">What is said to be its SHA-256; that of the bytes where nothing is given.</param>
    public Task<Answer> UploadAsync(string path, string fileName, byte[] bytes, string type, string? sha256 = null)
    {
        var hash = sha256 ?? Convert.ToHexStringLower(SHA256.HashData(bytes));
        return SendFileAsync($"{path}?fileName={Uri.EscapeDataString(fileName)}&sha256={hash}&sizeBytes={bytes.Length}", bytes, type);
    }

    /// <summary>Sends a file where all else is known, or stands in the address.</summary>
    public Task<Answer> SendFileAsync(string address, byte[] bytes, string type)
    {
        var request = Request(HttpMethod.Post, address);
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        request.Content = new ByteArrayContent(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        return SendAsync(request);
    }

    /// <summary>Fetches what is no JSON: a file, a calendar.</summary>
    public async Task<(int Status, byte[] Bytes, string? Type)> DownloadAsync(string path)
    {
        using var request = Request(HttpMethod.Get, path);
        using var response = await gateway.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Listens to what happens from now on.</summary>
    public async Task<LiveEvents> ListenAsync()
    {
        using var request = Request(HttpMethod.Get, "/v1/events");
        return await LiveEvents.ReadAsync(await gateway.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
    }

    /// <summary>Reads again and again until it is so: services learn of each other a moment later.</summary>
    public async Task<Answer> UntilAsync(string path, Func<Answer, bool> isSo)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(20); ; await Task.Delay(50))
        {
            var answer = await GetAsync(path);
            if (isSo(answer))
            {
                return answer;
            }

            Assert.True(DateTime.UtcNow < deadline, $"{path} did not become so: {answer.Status} {answer.Json}");
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, object? body = null, string? etag = null)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.AcceptLanguage.ParseAdd(language);
        if (OrganizationId is not null)
        {
            request.Headers.Add("X-Organization", OrganizationId);
        }

        if (body is not null)
        {
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }

        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        }

        return request;
    }

    private async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await gateway.SendAsync(request);
            return new Answer((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonNode>(), response.Headers.ETag?.ToString());
        }
    }
}
