using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Delegation.Platform.Tests.Stories;

/// <summary>Somebody who calls the platform over REST for one organisation, in one language.</summary>
internal sealed class Party(HttpClient gateway, string token, string language)
{
    /// <summary>For whom, once there is one.</summary>
    public string? OrganizationId { get; set; }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, object body, string? etag = null) => SendAsync(HttpMethod.Post, path, body, etag);

    public Task<Answer> PutAsync(string path, object body, string? etag = null) => SendAsync(HttpMethod.Put, path, body, etag);

    public Task<Answer> PatchAsync(string path, object body, string? etag = null) => SendAsync(HttpMethod.Patch, path, body, etag);

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

    private async Task<Answer> SendAsync(HttpMethod method, string path, object? body = null, string? etag = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.AcceptLanguage.ParseAdd(language);
        if (OrganizationId is not null)
        {
            request.Headers.Add("X-Organization", OrganizationId);
        }

        if (body is not null)
        {
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            request.Content = new StringContent(JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(body))!.ToJsonString(), Encoding.UTF8, "application/json");
        }

        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        }

        using var response = await gateway.SendAsync(request);
        return new Answer((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonNode>(), response.Headers.ETag?.ToString());
    }
}

/// <summary>What a call was answered.</summary>
internal sealed record Answer(int Status, JsonNode? Json, string? Etag)
{
    /// <summary>The answer of a call that was accepted; the test ends here when it was not.</summary>
    public Answer Ok()
    {
        Assert.True(Status == 200, $"{Status}: {Json}");
        return this;
    }

    /// <summary>A text of the answer, by the names that lead to it.</summary>
    public string? Text(params string[] path) => path.Aggregate(Json, (node, name) => node?[name])?.ToString();

    /// <summary>The reason of a refusal.</summary>
    public string? Reason => Text("reason");
}
