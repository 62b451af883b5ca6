using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Delegation.ServiceDefaults.Time;

/// <summary>Which clock a process has.</summary>
internal static class ClockExtensions
{
    /// <summary>The machine's clock in Production, and elsewhere one that settings can move.</summary>
    /// <exception cref="InvalidOperationException">One of them is there in Production: what is recorded there is evidence.</exception>
    public static void AddClock(this IHostApplicationBuilder builder)
    {
        var moved = PlatformClock.Offset(builder.Configuration) != TimeSpan.Zero ? PlatformClock.Setting
            : builder.Configuration[PlatformClock.FileSetting] is { Length: > 0 } ? PlatformClock.FileSetting
            : null;
        if (builder.Environment.IsProduction() && moved is not null)
            throw new InvalidOperationException($"The setting {moved} moves the clock for demonstrations and tests; it is refused in Production.");

        if (builder.Environment.IsProduction())
            builder.Services.TryAddSingleton(TimeProvider.System);
        else
            builder.Services.TryAddSingleton<TimeProvider, PlatformClock>();
    }
}
