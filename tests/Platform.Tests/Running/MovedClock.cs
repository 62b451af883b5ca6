using System.Globalization;
using Delegation.Platform.Tests.Stories;

namespace Delegation.Platform.Tests.Running;

/// <summary>The clock of a platform of a test's own, which one file moves; it only goes on.</summary>
internal sealed class MovedClock(string file)
{
    /// <summary>How far it is ahead of the machine's.</summary>
    public int DaysAhead { get; private set; }

    /// <summary>The day it is there.</summary>
    public string Today => TwoParties.Day(DaysAhead);

    /// <summary>A day from then.</summary>
    public static string After(string day, int days) => Read(day).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The day so many months from today, as the platform counts notices.</summary>
    public string Months(int months) => Read(Today).AddMonths(months).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Moves it to a day; whoever lives there follows within a second.</summary>
    public Task MoveToAsync(string day)
    {
        DaysAhead = Read(day).DayNumber - Read(TwoParties.Day(0)).DayNumber;
        return File.WriteAllTextAsync(file, $"{DaysAhead}.00:00:00");
    }

    private static DateOnly Read(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
