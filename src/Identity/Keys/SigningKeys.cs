using Microsoft.Extensions.Options;

namespace Delegation.Identity.Keys;

/// <summary>
/// The keys of the issuer, one per period of <see cref="IssuerOptions.KeyLifetime"/>. Published are the one that signs now, the next
/// one, and those whose tokens may still be valid:
/// <code>
///     period 0        period 1        period 2
///   |--- signs ----|
///   |--------- published ------+overlap|
///                  |--- signs ----|
///   |--------------- published --------------+overlap|
/// </code>
/// The next key is shown a whole period ahead because verifiers read the key set only now and then, and would refuse a token whose
/// key they have not seen.
/// </summary>
/// <remarks>
/// Keys live in memory: a restart makes the tokens issued before it worthless (they live minutes) and only one replica can run.
/// For an issuer that exists for development this is worth more than a private key in a file.
/// </remarks>
internal sealed class SigningKeys(TimeProvider time, IOptions<IssuerOptions> options, ILogger<SigningKeys> logger)
{
    /// <summary>Verifiers accept a token a little after its end, because clocks differ; five minutes is their usual tolerance.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly IssuerOptions _options = options.Value;
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly SortedDictionary<long, SigningKey> _byPeriod = [];
    private readonly Lock _gate = new();

    /// <summary>The key that signs now.</summary>
    public SigningKey Current
    {
        get
        {
            lock (_gate)
                return Of(CurrentPeriod);
        }
    }

    /// <summary>Every key that a verifier should know, oldest first.</summary>
    public IReadOnlyList<SigningKey> Published
    {
        get
        {
            lock (_gate)
            {
                _ = Of(CurrentPeriod);
                _ = Of(CurrentPeriod + 1);
                var oldest = time.GetUtcNow() - _options.TokenLifetime - ClockSkew;
                foreach (var (period, key) in _byPeriod.ToArray())
                    if (key.To < oldest)
                        _byPeriod.Remove(period);

                return [.. _byPeriod.Values];
            }
        }
    }

    private long CurrentPeriod => (time.GetUtcNow() - _start).Ticks / _options.KeyLifetime.Ticks;

    /// <summary>Keys are made when first asked for: making one takes some tenths of a second, which the start does not wait for.</summary>
    private SigningKey Of(long period)
    {
        if (_byPeriod.TryGetValue(period, out var key))
            return key;

        var from = _start + period * _options.KeyLifetime;
        key = SigningKey.Create(from, from + _options.KeyLifetime);
        _byPeriod.Add(period, key);
        logger.KeyCreated(key.Key.KeyId, key.From, key.To);
        return key;
    }
}
