namespace Delegation.Persistence.Journal;

/// <summary>How long to wait before the next attempt: twice as long each time, up to a bound, and never in step with others.</summary>
internal sealed class BackOff(TimeSpan first, TimeSpan longest)
{
    private int _failures;

    public void Succeeded() => _failures = 0;

    public TimeSpan Failed()
    {
        var ceiling = Math.Min(first.TotalMilliseconds * Math.Pow(2, Math.Min(_failures++, 30)), longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(ceiling * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
