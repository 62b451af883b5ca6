namespace Delegation.Reporting.Technical;

/// <summary>Months, by their first day.</summary>
internal static class Months
{
    public static DateOnly StartOf(DateOnly day) => new(day.Year, day.Month, 1);

    public static DateOnly EndOf(DateOnly day) => StartOf(day).AddMonths(1).AddDays(-1);

    /// <summary>Those of a period.</summary>
    public static IEnumerable<DateOnly> Of(Period period)
    {
        for (var month = StartOf(period.Start); month <= period.End; month = month.AddMonths(1))
            yield return month;
    }
}
