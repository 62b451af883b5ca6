using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Delegation.ServiceDefaults.Time;

/// <summary>
/// The time of the platform: that of the machine, moved by the setting <c>Clock:Offset</c> (as in <c>30.00:00:00</c>, thirty days
/// ahead), so that a demonstration or a test lives through what takes months. Where configuration can change while the process runs,
/// the clock moves with it. Timers and measured durations stay real.
/// </summary>
internal sealed class PlatformClock : TimeProvider, IDisposable
{
    public const string Setting = "Clock:Offset";

    private readonly IConfiguration _configuration;
    private readonly IDisposable _changes;
    private long _offset;

    public PlatformClock(IConfiguration configuration)
    {
        _configuration = configuration;
        _offset = Offset(configuration).Ticks;
        _changes = ChangeToken.OnChange(configuration.GetReloadToken, Move);
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _offset));

    public void Dispose() => _changes.Dispose();

    /// <summary>How far the clock is moved.</summary>
    /// <exception cref="InvalidOperationException">The setting is no time span.</exception>
    public static TimeSpan Offset(IConfiguration configuration) => configuration[Setting] switch
    {
        null or "" => TimeSpan.Zero,
        var text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var offset) => offset,
        var text => throw new InvalidOperationException($"The setting {Setting} is '{text}'; it must be a time span such as 30.00:00:00."),
    };

    private void Move()
    {
        // A typing error while the process runs must not end it: the clock stays where it was.
        if (TimeSpan.TryParse(_configuration[Setting] ?? "0", CultureInfo.InvariantCulture, out var offset))
            Interlocked.Exchange(ref _offset, offset.Ticks);
    }
}
