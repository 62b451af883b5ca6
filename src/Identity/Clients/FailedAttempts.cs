using System.Collections.Concurrent;
using System.Net;

namespace Delegation.Identity.Clients;

/// <summary>
/// Counts failed authentications per caller and client, and says when there were too many. Successes cost nothing, so a service
/// that asks for tokens often is not slowed down.
/// </summary>
internal sealed class FailedAttempts(TimeProvider time)
{
    public const int Allowed = 10;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(IPAddress?, string), (int Count, DateTimeOffset Since)> _failures = new();

    /// <summary>When the next attempt may be made, or null when it may be made now.</summary>
    public DateTimeOffset? BlockedUntil(IPAddress? caller, string client) =>
        _failures.TryGetValue((caller, client), out var seen) && seen.Count >= Allowed && time.GetUtcNow() < seen.Since + Window
            ? seen.Since + Window
            : null;

    public void Add(IPAddress? caller, string client)
    {
        var now = time.GetUtcNow();
        _failures.AddOrUpdate((caller, client), (1, now), (_, seen) => now < seen.Since + Window ? (seen.Count + 1, seen.Since) : (1, now));

        // Callers come and go: what no longer counts is dropped while a failure is being handled anyway.
        foreach (var entry in _failures)
            if (now >= entry.Value.Since + Window)
                _failures.TryRemove(entry);
    }
}
