namespace Delegation.Gateway.Limits;

/// <summary>The calls of one subject in the present window: those of this process, and what the others had when it was last asked.</summary>
/// <param name="window">The present one.</param>
internal sealed class CallCount(long window)
{
    private readonly Lock _lock = new();
    private long _window = window;
    private int _mine;
    private int _told;
    private long _others;
    private int _open;

    /// <summary>The organisations that services said a person acts for, by what the person named.</summary>
    public Acting ActsFor { get; } = new();

    /// <summary>Counts a call, unless the limit is reached.</summary>
    public bool TryCount(long present, int limit)
    {
        lock (_lock)
        {
            TurnTo(present);
            if (limit > 0 && _mine + _others >= limit)
                return false;

            _mine++;
            return true;
        }
    }

    /// <summary>Begins a call, unless too many are open; <see cref="Close"/> ends it.</summary>
    public bool TryOpen(int limit)
    {
        if (Interlocked.Increment(ref _open) <= limit || limit == 0)
            return true;

        Close();
        return false;
    }

    public void Close() => Interlocked.Decrement(ref _open);

    /// <summary>How many calls the others have not been told of.</summary>
    public int Untold(long present)
    {
        lock (_lock)
            return _window == present ? _mine - _told : 0;
    }

    /// <summary>Notes that the others know of some calls, and how many all have made together.</summary>
    public void Told(long present, int calls, long all)
    {
        lock (_lock)
        {
            if (_window != present)
                return;

            _told += calls;
            _others = all - _told;
        }
    }

    /// <summary>True when the last call was before that window and none is open.</summary>
    public bool IsIdleSince(long earlier)
    {
        lock (_lock)
            return _window < earlier && Volatile.Read(ref _open) == 0;
    }

    private void TurnTo(long present)
    {
        if (_window == present)
            return;

        (_window, _mine, _told, _others) = (present, 0, 0, 0);
    }
}
