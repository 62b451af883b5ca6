using Delegation.Contracts.V1;

namespace Delegation.Reporting.Operational;

/// <summary>An operation as the clocks of commitments see it.</summary>
/// <param name="Reference">The delegate's own reference.</param>
/// <param name="Received">When it came in.</param>
/// <param name="CompleteDay">The day on which nothing was missing any more, where it was told.</param>
/// <param name="Closed">When it was closed; null while it is open.</param>
/// <param name="GivenUp">Closed without having been dealt with, as a call that nobody answered.</param>
/// <param name="Events">What else was told to have happened to it.</param>
/// <param name="Standstills">When its clock stood still.</param>
/// <param name="Exclusions">Why it may not count.</param>
internal sealed record MeasuredItem(
    string Reference,
    Moment Received,
    DateOnly? CompleteDay,
    Moment? Closed,
    bool GivenUp,
    IReadOnlyDictionary<ClockEvent, Moment> Events,
    IReadOnlyList<Standstill> Standstills,
    IReadOnlyList<ExclusionCause> Exclusions)
{
    /// <summary>When the clock of a commitment starts; null while it has not. What was told of the event itself is believed first.</summary>
    public Moment? StartOf(ClockEvent start) => Events.TryGetValue(start, out var told) ? told : start switch
    {
        ClockEvent.Received or ClockEvent.Registered or ClockEvent.CallOffered or ClockEvent.CancellationReceived or ClockEvent.Discovered => Received,
        ClockEvent.FileComplete => CompleteDay is { } complete && complete > Received.Day ? new Moment(complete, null) : Received,
        _ => Closed,
    };

    /// <summary>When it stops; null while it runs. An answer acknowledges too.</summary>
    public Moment? StopOf(ClockEvent stop) => Events.TryGetValue(stop, out var told) ? told : stop switch
    {
        ClockEvent.Received or ClockEvent.Registered or ClockEvent.CallOffered or ClockEvent.CancellationReceived or ClockEvent.Discovered => null,
        ClockEvent.FileComplete => CompleteDay is { } complete ? new Moment(complete, null) : null,
        _ => Closed,
    };
}

/// <summary>An operation that was late for a commitment.</summary>
/// <param name="Reference">The delegate's own reference.</param>
/// <param name="Start">When its clock started.</param>
/// <param name="Stop">When it stopped; null for one that was open when the period ended.</param>
/// <param name="ElapsedHundredths">How long it ran, in hundredths of the unit; null for a call that nobody answered.</param>
internal sealed record LateItem(string Reference, Moment Start, Moment? Stop, long? ElapsedHundredths);
