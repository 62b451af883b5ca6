using Delegation.ServiceDefaults.Time;

namespace Delegation.ServiceDefaults.Calendar;

/// <summary>
/// A clock that runs while offices are open and stands still otherwise (heures ouvrées): between two times of day in Paris, on working days.
/// Opening and closing are never within the hour that the change to and from summer time skips or repeats, nor at midnight.
/// </summary>
public sealed record BusinessHours(BusinessCalendar Calendar, TimeOnly Opening, TimeOnly Closing)
{
    /// <summary>From 9 to 18 on office days: what holds where the parties agreed nothing else.</summary>
    public static readonly BusinessHours Usual = new(BusinessCalendar.Ouvres, new TimeOnly(9, 0), new TimeOnly(18, 0));

    /// <summary>How much office time passes between two instants; nothing when the second is not after the first.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        var open = TimeSpan.Zero;
        for (var day = ParisDays.DayAt(from); day <= ParisDays.DayAt(to); day = day.AddDays(1))
        {
            var (opens, closes) = On(day);
            var (first, last) = (opens > from ? opens : from, closes < to ? closes : to);
            if (last > first)
                open += last - first;
        }

        return open;
    }

    /// <summary>The instant at which so much office time has passed since another; for no time at all that instant itself.</summary>
    public DateTimeOffset Add(DateTimeOffset from, TimeSpan officeTime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(officeTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Opening, Closing);

        var (left, at) = (officeTime, from);
        for (var day = ParisDays.DayAt(from); left > TimeSpan.Zero; day = day.AddDays(1))
        {
            var (opens, closes) = On(day);
            var first = opens > from ? opens : from;
            if (closes <= first)
                continue;

            at = first + (left < closes - first ? left : closes - first);
            left -= at - first;
        }

        return at;
    }

    // On a day without work, office hours of no length.
    private (DateTimeOffset Opens, DateTimeOffset Closes) On(DateOnly day)
    {
        var opens = ParisDays.At(day, Opening);
        return (opens, Calendar.IsWorkingDay(day) ? ParisDays.At(day, Closing) : opens);
    }
}
