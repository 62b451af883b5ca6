namespace Delegation.ServiceDefaults.Calendar;

/// <summary>The periods of a report, and the days by which it is due.</summary>
/// <param name="Periodicity">How often it is made, as stored: <c>each_week</c>, <c>each_month</c>, <c>each_quarter</c>, <c>each_half_year</c> or <c>each_year</c>.</param>
/// <param name="DueDays">How many days after the end of a period it is due.</param>
/// <param name="FirstPeriodDay">First day of the first period.</param>
/// <param name="Counting">How those days are counted, as stored: <c>calendar_days</c>, <c>ouvres</c> or <c>ouvrables</c>.</param>
public sealed record ReportPeriods(string Periodicity, int DueDays, DateOnly FirstPeriodDay, string Counting)
{
    /// <summary>Whether a period begins on a day.</summary>
    public static bool IsFirstDay(string periodicity, DateOnly day) => periodicity switch
    {
        "each_week" => day.DayOfWeek == DayOfWeek.Monday,
        _ => day.Day == 1 && (day.Month - 1) % Months(periodicity) == 0,
    };

    /// <summary>The deliveries that are due on a day or later, the next first.</summary>
    public IEnumerable<(DateOnly First, DateOnly Last, DateOnly Due)> From(DateOnly day)
    {
        for (var first = FirstPeriodDay; first.Year < DateOnly.MaxValue.Year - 2; first = After(first))
        {
            var last = After(first).AddDays(-1);
            if (DueAfter(last) is var due && due >= day)
                yield return (first, last, due);
        }
    }

    private static int Months(string periodicity) => periodicity switch
    {
        "each_month" => 1,
        "each_quarter" => 3,
        "each_half_year" => 6,
        "each_year" => 12,
        _ => throw new ArgumentOutOfRangeException(nameof(periodicity), periodicity, "This is no periodicity."),
    };

    private DateOnly After(DateOnly first) => Periodicity == "each_week" ? first.AddDays(7) : first.AddMonths(Months(Periodicity));

    private DateOnly DueAfter(DateOnly last) => Counting switch
    {
        "ouvres" => BusinessCalendar.Ouvres.Add(last, DueDays),
        "ouvrables" => BusinessCalendar.Ouvrables.Add(last, DueDays),
        _ => BusinessCalendar.Ouvres.OnOrAfter(last.AddDays(DueDays)),
    };
}
