using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Delegation.ServiceDefaults.Time;

/// <summary>Which clock a process has.</summary>
internal static class ClockExtensions
{
    /// <summary>The machine's clock in Production, and elsewhere one that a setting can move.</summary>
    /// <exception cref="InvalidOperationException">The setting is there in Production: what is recorded there is evidence.</exception>
    public static void AddClock(this IHostApplicationBuilder builder)
    {
        var moved = PlatformClock.Offset(builder.Configuration) != TimeSpan.Zero;
        if (builder.Environment.IsProduction() && moved)
            throw new InvalidOperationException(
                $"The setting {PlatformClock.Setting} moves the clock for demonstrations and tests; it is refused in Production.");

        if (builder.Environment.IsProduction())
            builder.Services.TryAddSingleton(TimeProvider.System);
        else
            builder.Services.TryAddSingleton<TimeProvider, PlatformClock>();
    }
}
