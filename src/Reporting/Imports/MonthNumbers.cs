namespace Delegation.Reporting.Imports;

/// <summary>Months as numbers, counted from the first that a day of people can be in.</summary>
internal static class MonthNumbers
{
    /// <summary>Of the number of a day.</summary>
    public static int Of(long day)
    {
        var date = DateOnly.FromDayNumber((int)day);
        return ((date.Year - DayAndTime.FirstYear) * 12) + date.Month - 1;
    }

    /// <summary>The number of its first day.</summary>
    public static int FirstDay(int month) => new DateOnly(DayAndTime.FirstYear + (month / 12), 1 + (month % 12), 1).DayNumber;
}
