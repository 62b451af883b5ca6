using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Delegation.TestKit;

namespace Delegation.Platform.Tests.Stories;

/// <summary>What an organisation is told of as it happens: <c>/v1/events</c>, read as a browser reads it.</summary>
internal sealed class LiveEvents : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly ConcurrentQueue<JsonNode> _told = new();
    private readonly Task _reading;

    private LiveEvents(HttpResponseMessage response, StreamReader lines)
    {
        _response = response;
        _reading = ReadAsync(lines);
    }

    /// <summary>Listens once the platform said from where on.</summary>
    public static async Task<LiveEvents> ReadAsync(HttpResponseMessage response)
    {
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
        var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)) is { Length: > 0 })
        {
            // The first id: what happens from here on is told.
        }

        return new LiveEvents(response, lines);
    }

    /// <summary>The events of a type that were told so far, by the last word of its name, as <c>EscalationRaised</c>.</summary>
    public IReadOnlyList<JsonNode> Of(string type) =>
        [.. _told.Where(told => ((string)told["eventType"]!).EndsWith($".{type}", StringComparison.Ordinal)).Select(told => told["event"]!)];

    /// <summary>Waits for the first event of a type.</summary>
    public async Task<JsonNode> HearsAsync(string type)
    {
        await Eventually.True(() => Of(type).Count > 0, TimeSpan.FromSeconds(20));
        return Of(type)[0];
    }

    public async ValueTask DisposeAsync()
    {
        _response.Dispose();
        await _reading;
    }

    private async Task ReadAsync(StreamReader lines)
    {
        try
        {
            while (await lines.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    _told.Enqueue(JsonNode.Parse(line[6..])!);
                }
            }
        }
        catch (Exception end) when (end is IOException or ObjectDisposedException or HttpRequestException or OperationCanceledException)
        {
            // The story is over.
        }
    }
}
