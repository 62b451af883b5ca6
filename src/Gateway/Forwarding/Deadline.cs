namespace Delegation.Gateway.Forwarding;

/// <summary>
/// Ends a forwarded call that its service did not end in time. The service knows the deadline too and is the better one to answer (its
/// trailers tell more), so it gets a moment longer; this one is for a service that hangs, and for callers that do not watch the clock.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>Timers do not count further; nobody waits for longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(45);

    private readonly HttpContext _context;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _limit;

    private Deadline(HttpContext context, TimeSpan timeout)
    {
        _context = context;
        _caller = context.RequestAborted;
        _limit = CancellationTokenSource.CreateLinkedTokenSource(_caller);
        _limit.CancelAfter(timeout + Moment);
        // What YARP watches, and cancels the call to the service by.
        context.RequestAborted = _limit.Token;
    }

    /// <summary>True when time is up, false when the caller left before.</summary>
    public bool Passed => _limit.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>Watches the call from now on, or gives null when there is no limit.</summary>
    public static Deadline? Start(HttpContext context, TimeSpan? limit) =>
        limit is { } timeout && timeout < Longest ? new Deadline(context, timeout) : null;

    public void Dispose()
    {
        _context.RequestAborted = _caller;
        _limit.Dispose();
    }
}
