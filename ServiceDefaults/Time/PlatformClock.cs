using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Delegation.ServiceDefaults.Time;

/// <summary>
/// The time of the platform: that of the machine, moved by the setting <c>Clock:Offset</c> (as in <c>30.00:00:00</c>, thirty days
/// ahead), so that a demonstration or a test lives through what takes months. Where configuration can change while the process runs,
/// the clock moves with it. All processes together are moved while they run by one file, which <c>Clock:OffsetFile</c> names: while it is
/// there, what is in it holds in place of the setting. Timers and measured durations stay real.
/// </summary>
internal sealed class PlatformClock : TimeProvider, IDisposable
{
    public const string Setting = "Clock:Offset";
    public const string FileSetting = "Clock:OffsetFile";

    // Read again and again and not watched: watching needs the folder to be there, and has limits of its own on each machine.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly IConfiguration _configuration;
    private readonly IDisposable _changes;
    private readonly string? _file;
    private readonly Timer? _looks;
    private long _offset;

    public PlatformClock(IConfiguration configuration)
    {
        _configuration = configuration;
        _offset = Offset(configuration).Ticks;
        _changes = ChangeToken.OnChange(configuration.GetReloadToken, Move);
        if (configuration[FileSetting] is { Length: > 0 } file)
        {
            _file = file;
            Move();
            _looks = new Timer(_ => Move(), null, Interval, Interval);
        }
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _offset));

    public void Dispose()
    {
        _looks?.Dispose();
        _changes.Dispose();
    }

    /// <summary>How far the setting moves the clock.</summary>
    /// <exception cref="InvalidOperationException">The setting is no time span.</exception>
    public static TimeSpan Offset(IConfiguration configuration) => configuration[Setting] switch
    {
        null or "" => TimeSpan.Zero,
        var text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var offset) => offset,
        var text => throw new InvalidOperationException($"The setting {Setting} is '{text}'; it must be a time span such as 30.00:00:00."),
    };

    // A typing error while the process runs must not end it, nor half of a file being written move it: the clock stays where it was.
    private void Move()
    {
        if (TimeSpan.TryParse(Text(), CultureInfo.InvariantCulture, out var offset))
            Interlocked.Exchange(ref _offset, offset.Ticks);
    }

    private string Text()
    {
        try
        {
            return _file is not null && File.Exists(_file) ? File.ReadAllText(_file) : _configuration[Setting] ?? "0";
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
