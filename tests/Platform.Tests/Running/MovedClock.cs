using System.Globalization;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Platform.Tests.Running;

/// <summary>The clock of a platform of a test's own, which one file moves; it only goes on.</summary>
internal sealed class MovedClock(string file)
{
    /// <summary>How far it is ahead of the machine's.</summary>
    public TimeSpan Ahead { get; private set; }

    /// <summary>The day it is there.</summary>
    public string Today => ParisDays.DayAt(DateTimeOffset.UtcNow + Ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A day from then.</summary>
    public static string After(string day, int days) => Read(day).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The day so many months from today, as the platform counts notices.</summary>
    public string Months(int months) => Read(Today).AddMonths(months).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Moves it to noon of a later day, so that no test crosses midnight; whoever lives there follows within a second.</summary>
    public Task MoveToAsync(string day)
    {
        Ahead = ParisDays.At(Read(day), new TimeOnly(12, 0)) - DateTimeOffset.UtcNow;
        return File.WriteAllTextAsync(file, Ahead.ToString("c", CultureInfo.InvariantCulture));
    }

    private static DateOnly Read(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
