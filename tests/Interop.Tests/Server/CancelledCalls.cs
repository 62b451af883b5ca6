using System.Collections.Concurrent;

namespace Delegation.Interop.Tests.Server;

/// <summary>The labels of the duplex calls that ended by cancellation, as the server saw it.</summary>
internal sealed class CancelledCalls
{
    /// <summary>The header by which a client labels a call.</summary>
    public const string Label = "x-interop-label";

    private readonly ConcurrentDictionary<string, bool> _labels = new();

    public void Add(string? label) => _labels[label ?? ""] = true;

    /// <summary>Fails unless the server learns within seconds that the client gave the call up.</summary>
    public async Task ExpectAsync(string label)
    {
        for (var waited = 0; waited < 5_000 && !_labels.ContainsKey(label); waited += 20) await Task.Delay(20);
        Assert.True(
            _labels.ContainsKey(label),
            $"The server did not see the cancellation of {label}; it saw: {string.Join(", ", _labels.Keys)}");
    }
}
