using System.Collections.Concurrent;
using Delegation.ServiceDefaults.Errors;
using Grpc.Core;

namespace Delegation.Gateway.Limits;

/// <summary>
/// Counts calls and says who has made too many. It never waits: it decides by what this process has counted and what it last heard of the
/// others (see <see cref="SharedCounts"/>).
/// </summary>
internal sealed class CallLimits(LimitSettings settings, TimeProvider clock)
{
    private static readonly LocalizedText TooMany = new(
        "There were too many calls in a short time. Wait a little and call again.",
        "Trop d'appels en peu de temps. Patientez un instant avant de recommencer.");

    private static readonly Refusal TooManyOpen = new(StatusCode.ResourceExhausted, "TOO_MANY_OPEN_CALLS", new LocalizedText(
        "Too many of your calls are in progress. Wait until some have ended.",
        "Trop de vos appels sont en cours. Attendez que certains se terminent."))
    { RetryAfter = TimeSpan.FromSeconds(1) };

    private readonly ConcurrentDictionary<Subject, CallCount> _counts = new();
    private long _latest;

    /// <summary>The number of the present window, the same in all processes.</summary>
    public long Window => clock.GetUtcNow().Ticks / settings.Window.Ticks;

    /// <summary>All who are counted, for whoever tells the other processes.</summary>
    public IEnumerable<KeyValuePair<Subject, CallCount>> Counts => _counts;

    public CallCount Of(Subject subject) => _counts.GetOrAdd(subject, static (_, window) => new CallCount(window), Window);

    /// <summary>Counts a call whose caller is not known yet; null when there may be one more.</summary>
    public Refusal? OfStranger(Subject address) => Count(Of(address), settings.Address);

    /// <summary>Counts a call of a person and begins it; null when there may be one more, and then the person's count has to be closed.</summary>
    public Refusal? Begin(CallCount person, string named)
    {
        if (!person.TryOpen(settings.Open))
            return TooManyOpen;

        var refusal = Count(person, settings.Person)
            ?? (person.ActsFor.Of(named) is { } organization ? Count(Of(Subject.Organization(organization)), settings.Organization) : null);
        if (refusal is not null)
            person.Close();

        return refusal;
    }

    private Refusal? Count(CallCount count, int limit)
    {
        var now = clock.GetUtcNow().Ticks;
        var window = now / settings.Window.Ticks;
        if (Interlocked.Exchange(ref _latest, window) != window)
            ForgetIdle(window);

        return count.TryCount(window, limit)
            ? null
            : new Refusal(StatusCode.ResourceExhausted, "RATE_LIMITED", TooMany) { RetryAfter = TimeSpan.FromTicks(settings.Window.Ticks - now % settings.Window.Ticks) };
    }

    // Once in each window: so memory depends on who calls now, not on who ever did. Whoever calls again is counted anew.
    private void ForgetIdle(long window)
    {
        foreach (var count in _counts)
            if (count.Value.IsIdleSince(window - 1))
                _counts.TryRemove(count);
    }
}
