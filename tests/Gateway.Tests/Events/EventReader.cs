using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Delegation.Gateway.Tests.Events;

/// <summary>An event as a reader gets it.</summary>
internal sealed record ReceivedEvent(string Id, string Type, JsonElement Data)
{
    public string EntryId => Data.GetProperty("entryId").GetString()!;
}

/// <summary>Reads a stream as a browser does, by the rules of https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation</summary>
internal sealed class EventReader : IDisposable
{
    private readonly HttpClient _http;
    private readonly HttpResponseMessage _response;
    private readonly StreamReader? _lines;

    private EventReader(HttpClient http, HttpResponseMessage response, StreamReader? lines)
    {
        _http = http;
        _response = response;
        _lines = lines;
    }

    public HttpStatusCode Status => _response.StatusCode;

    public string LastId { get; private set; } = "";

    public Task<string> ProblemAsync() => _response.Content.ReadAsStringAsync();

    public static async Task<EventReader> OpenAsync(Uri address, string token, string lastId = "")
    {
        var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (lastId.Length > 0)
            request.Headers.TryAddWithoutValidation("last-event-id", lastId);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var reader = new EventReader(
            http, response, response.IsSuccessStatusCode ? new StreamReader(await response.Content.ReadAsStreamAsync()) : null) { LastId = lastId };
        return reader;
    }

    /// <summary>Reads up to the next id, with or without an event; null at the end of the stream.</summary>
    public async Task<(string Id, ReceivedEvent? Event)?> NextAsync(double seconds = 20)
    {
        var (id, type, data) = ("", "message", "");
        while (await _lines!.ReadLineAsync().Within(seconds) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                type = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                data += line[6..];
            else if (line.Length == 0 && id.Length > 0)
            {
                LastId = id;
                return (id, data.Length == 0 ? null : new ReceivedEvent(id, type, JsonDocument.Parse(data).RootElement));
            }
        }

        return null;
    }

    /// <summary>Reads up to the next event.</summary>
    public async Task<ReceivedEvent> EventAsync()
    {
        while (await NextAsync() is { } next)
            if (next.Event is { } found)
                return found;

        throw new EndOfStreamException();
    }

    public void Dispose()
    {
        _lines?.Dispose();
        _response.Dispose();
        _http.Dispose();
    }
}
