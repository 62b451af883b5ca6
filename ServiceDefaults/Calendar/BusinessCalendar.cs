namespace Delegation.ServiceDefaults.Calendar;

/// <summary>
/// Which days count: those on which offices work (jours ouvrés), all but the weekly day of rest (jours ouvrables), neither with public holidays; or all
/// days (jours calendaires).
/// </summary>
public sealed record BusinessCalendar(WorkingDays Days, bool AlsaceMoselle = false)
{
    /// <summary>Monday to Friday.</summary>
    public static readonly BusinessCalendar Ouvres = new(WorkingDays.Ouvres);

    /// <summary>Monday to Saturday.</summary>
    public static readonly BusinessCalendar Ouvrables = new(WorkingDays.Ouvrables);

    /// <summary>Every day.</summary>
    public static readonly BusinessCalendar AllDays = new(WorkingDays.Calendar);

    /// <summary>Whether a day counts.</summary>
    public bool IsWorkingDay(DateOnly day) => Days == WorkingDays.Calendar ||
        day.DayOfWeek != DayOfWeek.Sunday
        && (Days == WorkingDays.Ouvrables || day.DayOfWeek != DayOfWeek.Saturday)
        && !FrenchHolidays.Contains(day, AlsaceMoselle);

    /// <summary>The day itself where it is a working day, or else the next one.</summary>
    public DateOnly OnOrAfter(DateOnly day)
    {
        while (!IsWorkingDay(day))
            day = day.AddDays(1);

        return day;
    }

    /// <summary>The working day that comes so many after a day, which does not count itself.</summary>
    public DateOnly Add(DateOnly day, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workingDays);

        for (var left = workingDays; left > 0; left--)
            day = OnOrAfter(day.AddDays(1));

        return day;
    }

    /// <summary>How many working days come after the first day, up to the last one, which counts.</summary>
    public int CountAfter(DateOnly first, DateOnly last)
    {
        var count = 0;
        for (var day = first.AddDays(1); day <= last; day = day.AddDays(1))
            count += IsWorkingDay(day) ? 1 : 0;

        return count;
    }
}
