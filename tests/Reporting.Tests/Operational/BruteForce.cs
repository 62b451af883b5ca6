using Delegation.Contracts.V1;
using Delegation.Reporting.Operational;

namespace Delegation.Reporting.Tests.Operational;

/// <summary>
/// The clocks of commitments, calculated another way: by going through every quarter of an hour, on holidays that were looked up and not computed.
/// All instants of a timeline lie on quarters of an hour.
/// </summary>
internal static class BruteForce
{
    public static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private const int Quarters = 2 * 365 * 96;

    private static readonly HashSet<DateOnly> Holidays =
    [
        .. new[]
        {
            "2026-01-01", "2026-04-06", "2026-05-01", "2026-05-08", "2026-05-14", "2026-05-25", "2026-07-14", "2026-08-15", "2026-11-01", "2026-11-11", "2026-12-25",
            "2027-01-01", "2027-03-29", "2027-05-01", "2027-05-06", "2027-05-08", "2027-05-17", "2027-07-14", "2027-08-15", "2027-11-01", "2027-11-11", "2027-12-25",
        }.Select(DateOnly.Parse),
    ];

    private static readonly HashSet<DateOnly> MoreInAlsaceMoselle = [.. new[] { "2026-04-03", "2026-12-26", "2027-03-26", "2027-12-26" }.Select(DateOnly.Parse)];

    private static readonly (DateOnly Day, int Minute)[] Local = [.. Enumerable.Range(0, Quarters).Select(quarter =>
    {
        var paris = TimeZoneInfo.ConvertTime(Begin.AddMinutes(15 * quarter), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"));
        return (DateOnly.FromDateTime(paris.DateTime), (paris.Hour * 60) + paris.Minute);
    })];

    /// <summary>Days, months or quarters of an hour that the clock ran, from a quarter to another one.</summary>
    public static long Elapsed(CommitmentTerms terms, int start, int until, IReadOnlyList<Standstill> standstills)
    {
        (int From, int To)[] paused = [.. standstills.Where(one => terms.Clock.Pauses.Contains(one.Cause)).Select(one => (Quarter(one.From), one.To is null ? int.MaxValue : Quarter(one.To.Value)))];
        var come = start;
        if (terms.Clock.CutOff.Length > 0)
            while (!Works(terms.Clock, Local[come].Day) || Local[come].Minute >= Minutes(terms.Clock.CutOff))
                come++;

        switch (terms.TimeUnit)
        {
            case TimeUnit.Days:
                var last = Local[until].Day;
                return Ends(start, until)
                    .Where(end => terms.Clock.DayZero == DayZeroRule.StartDayIsOne ? Local[end].Day >= Local[come].Day : Local[end].Day > Local[come].Day)
                    .LongCount(end => Local[end].Day <= last && Works(terms.Clock, Local[end].Day) && !Stands(end));
            case TimeUnit.Months:
                var standing = Ends(start, until).Count(end => Local[end].Day < Local[until].Day && Stands(end));
                return Anniversaries(Local[start].Day).TakeWhile(day => day < Local[until].Day.AddDays(-standing)).LongCount();
            default:
                // Who comes in after the cut-off is served from the opening of the day on which it counts.
                var served = Local[come].Day == Local[start].Day ? start : come;
                return Enumerable.Range(served, Math.Max(0, until - served)).LongCount(quarter => Runs(terms, quarter) && !Stands(quarter));
        }

        bool Stands(int quarter) => Array.Exists(paused, one => one.From <= quarter && quarter < one.To);
    }

    private static bool Runs(CommitmentTerms terms, int quarter) => terms.TimeUnit != TimeUnit.OfficeHours
        || (Works(terms.Clock, Local[quarter].Day) && Local[quarter].Minute >= Minutes(terms.Clock.Opening) && Local[quarter].Minute < Minutes(terms.Clock.Closing));

    private static bool Works(CommitmentClock clock, DateOnly day) => clock.Calendar == ClockCalendar.AllDays
        || (day.DayOfWeek != DayOfWeek.Sunday
            && (clock.Calendar == ClockCalendar.Ouvrables || day.DayOfWeek != DayOfWeek.Saturday)
            && !Holidays.Contains(day) && !(clock.AlsaceMoselle && MoreInAlsaceMoselle.Contains(day)));

    private static int Quarter(DateTimeOffset instant) => (int)((instant - Begin).Ticks / TimeSpan.FromMinutes(15).Ticks);

    // The last quarter of each day that is begun.
    private static IEnumerable<int> Ends(int start, int until)
    {
        for (var quarter = start; quarter < Quarters - 1 && Local[quarter].Day <= Local[until].Day; quarter++)
            if (Local[quarter].Day != Local[quarter + 1].Day)
                yield return quarter;
    }

    // The start itself, and the same day of each month after it, or the last one of a shorter month.
    private static IEnumerable<DateOnly> Anniversaries(DateOnly start)
    {
        for (var (year, month) = (start.Year, start.Month); ; (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1))
            yield return new DateOnly(year, month, Math.Min(start.Day, DateTime.DaysInMonth(year, month)));
    }

    private static int Minutes(string time) => (int.Parse(time[..2], null) * 60) + int.Parse(time[3..], null);
}
