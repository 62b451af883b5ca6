using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;

namespace Delegation.ServiceDefaults.Access;

/// <summary>
/// The bearers of tokens that were found good a moment ago, by a digest of the whole header: checking a signature costs as much as
/// forwarding a call. Only success is remembered, so a forged token costs its full check each time and can never stand in for a good one.
/// </summary>
/// <param name="clock">Real time: tokens do not live by the platform's clock.</param>
internal sealed class KnownTokens(TimeProvider clock)
{
    /// <summary>How long a check is believed, whatever the token says: the bound for all that is not foreseen here.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>How many are remembered at least; twice as many at most. About 2 KB each.</summary>
    public const int Enough = 5_000;

    private readonly Lock _turning = new();

    // Two generations in place of a list of last uses: when the young one is full it becomes the old one, and the old one is forgotten.
    private ConcurrentDictionary<Key, Known> _young = new();
    private ConcurrentDictionary<Key, Known> _old = new();

    /// <summary>How many are remembered.</summary>
    public int Count => _young.Count + _old.Count;

    /// <summary>Whose token it is, or null when that has to be found out.</summary>
    /// <param name="header">The header with the token in it.</param>
    /// <param name="keys">What the issuer says of its keys now: whoever was checked under other keys is checked again.</param>
    public ClaimsPrincipal? Find(string header, object keys)
    {
        var key = Key.Of(header);
        return (_young.TryGetValue(key, out var known) || _old.TryGetValue(key, out known)) && Holds(known, keys) ? known.Bearer : null;
    }

    /// <summary>Remembers a token that was found good.</summary>
    /// <param name="header">The header with the token in it.</param>
    /// <param name="keys">What the issuer said of its keys before the check.</param>
    /// <param name="bearer">Whose it is.</param>
    /// <param name="end">When the check itself would begin to refuse it.</param>
    public void Remember(string header, object keys, ClaimsPrincipal bearer, DateTimeOffset end)
    {
        lock (_turning)
            if (_young.Count >= Enough)
                (_old, _young) = (_young, new());

        // The claims alone: the token that they were read from need not stay in memory.
        var identity = new ClaimsIdentity(bearer.Claims.Select(claim => new Claim(claim.Type, claim.Value, claim.ValueType)), bearer.Identity!.AuthenticationType, "sub", null);
        _young[Key.Of(header)] = new Known(new ClaimsPrincipal(identity), keys, end, clock.GetTimestamp());
    }

    private bool Holds(Known known, object keys) =>
        ReferenceEquals(known.Keys, keys) && clock.GetUtcNow() < known.End && clock.GetElapsedTime(known.Since) < Longest;

    private sealed record Known(ClaimsPrincipal Bearer, object Keys, DateTimeOffset End, long Since);

    /// <summary>SHA-256: a token cannot be read off it, and nobody finds another token with the same one.</summary>
    private readonly record struct Key(UInt128 First, UInt128 Second)
    {
        public static Key Of(string header)
        {
            Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(MemoryMarshal.AsBytes(header.AsSpan()), digest);
            return MemoryMarshal.Read<Key>(digest);
        }
    }
}
