using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Delegation.Gateway.Events;

/// <summary>
/// Up to where a reader has everything, for each service: what <c>Last-Event-ID</c> carries, as <c>contracts.12-watch.7</c>. Readers give it back as it is.
/// </summary>
/// <param name="services">All services, in the order of the feeds.</param>
internal sealed class EventPositions(IReadOnlyList<string> services)
{
    private readonly long?[] _positions = new long?[services.Count];

    /// <summary>Null where nothing is known yet.</summary>
    public long? this[int feed] => _positions[feed];

    /// <summary>Goes on to a position, never back.</summary>
    public void Reach(int feed, long position)
    {
        if (_positions[feed] is not { } before || before < position)
            _positions[feed] = position;
    }

    public override string ToString() => string.Join('-', services.Index()
        .Where(service => _positions[service.Index] is not null)
        .Select(service => string.Create(CultureInfo.InvariantCulture, $"{service.Item}.{_positions[service.Index]}")));

    /// <summary>Reads what a reader gives back; false when it is none. A service that exists no more is ignored.</summary>
    public static bool TryParse(string text, IReadOnlyList<string> services, [NotNullWhen(true)] out EventPositions? positions)
    {
        positions = new EventPositions(services);
        foreach (var part in text.Split('-', StringSplitOptions.RemoveEmptyEntries))
        {
            var dot = part.IndexOf('.', StringComparison.Ordinal);
            if (dot < 1 || !long.TryParse(part.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            {
                positions = null;
                return false;
            }

            foreach (var (feed, service) in services.Index())
                if (part.AsSpan(0, dot).SequenceEqual(service))
                    positions.Reach(feed, position);
        }

        return true;
    }
}
