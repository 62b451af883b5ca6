using System.Globalization;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Calendar;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Reporting.Operational;

/// <summary>
/// The clock of a commitment: how long it runs between two moments, in the smallest parts of its unit. Clocks of days and months count days, in which
/// a day counts unless the clock stands still at its end; the others count instants, and cannot tell of what was told by day alone.
/// </summary>
internal sealed class MeasuringClock
{
    private readonly CommitmentTerms _terms;
    private readonly BusinessCalendar _calendar;
    private readonly BusinessHours? _hours;
    private readonly TimeOnly? _cutOff;

    public MeasuringClock(CommitmentTerms terms)
    {
        var clock = terms.Clock;
        _terms = terms;
        _calendar = clock.Calendar switch
        {
            ClockCalendar.Ouvres => new BusinessCalendar(WorkingDays.Ouvres, clock.AlsaceMoselle),
            ClockCalendar.Ouvrables => new BusinessCalendar(WorkingDays.Ouvrables, clock.AlsaceMoselle),
            _ => BusinessCalendar.AllDays,
        };
        _hours = terms.TimeUnit == TimeUnit.OfficeHours ? new BusinessHours(_calendar, Read(clock.Opening), Read(clock.Closing)) : null;
        _cutOff = clock.CutOff.Length > 0 ? Read(clock.CutOff) : null;
    }

    /// <summary>How many parts make the unit: ticks of an hour, say; a day has one part.</summary>
    public long UnitSize => _terms.TimeUnit switch
    {
        TimeUnit.OfficeHours or TimeUnit.Hours => TimeSpan.TicksPerHour,
        TimeUnit.Minutes => TimeSpan.TicksPerMinute,
        TimeUnit.Seconds => TimeSpan.TicksPerSecond,
        _ => 1,
    };

    /// <summary>How long it ran, in parts of the unit; null where a day alone was told and it needs the instant. It never runs backwards.</summary>
    public long? Elapsed(Moment start, Moment until, IReadOnlyList<Standstill> standstills)
    {
        var paused = standstills.Count == 0 ? standstills : [.. standstills.Where(one => _terms.Clock.Pauses.Contains(one.Cause))];
        return _terms.TimeUnit switch
        {
            TimeUnit.Days => Days(start, until.Day, paused),
            TimeUnit.Months => Months(start.Day, until.Day, paused),
            _ => start.Time is { } from && until.Time is { } to ? Ticks(from, to, paused) : null,
        };
    }

    /// <summary>Whether something that took so long is late for the commitment: over the time limit of a share, or else over the target itself.</summary>
    public bool IsLate(long elapsed) => _terms.Measure == CommitmentMeasure.ShareInTime
        ? elapsed > (Int128)_terms.TimeLimit * UnitSize
        : (Int128)elapsed * 100 > (Int128)_terms.TargetHundredths * UnitSize;

    /// <summary>A sum of times divided by how many they are, in hundredths of the unit, rounded up: rounding never keeps a commitment.</summary>
    public long Hundredths(Int128 sum, long count) => (long)(((sum * 100) + ((Int128)count * UnitSize) - 1) / ((Int128)count * UnitSize));

    private long Days(Moment start, DateOnly until, IReadOnlyList<Standstill> paused)
    {
        var first = ComesInOn(start);
        var count = 0L;
        for (var day = _terms.Clock.DayZero == DayZeroRule.StartDayIsOne ? first : first.AddDays(1); day <= until; day = day.AddDays(1))
            count += _calendar.IsWorkingDay(day) && !paused.Any(one => one.HoldsAtEndOf(day)) ? 1 : 0;

        return count;
    }

    // Months that were begun: up to the same day of the next month, or its last day, it is one.
    private static long Months(DateOnly start, DateOnly until, IReadOnlyList<Standstill> paused)
    {
        var end = until;
        if (paused.Count > 0)
            for (var day = start; day < until; day = day.AddDays(1))
                end = paused.Any(one => one.HoldsAtEndOf(day)) ? end.AddDays(-1) : end;

        var months = Math.Max(0, ((end.Year - start.Year) * 12) + end.Month - start.Month - 1);
        while (start.AddMonths(months) < end)
            months++;

        return months;
    }

    private long Ticks(DateTimeOffset start, DateTimeOffset until, IReadOnlyList<Standstill> paused)
    {
        var come = ComesInOn(Moment.At(start));
        var from = _hours is not null && come > ParisDays.DayAt(start) ? ParisDays.At(come, _hours.Opening) : start;
        if (until <= from)
            return 0;

        // What was run through is looked at once, however many causes hold at the same time.
        var (ran, at) = (Run(from, until), from);
        foreach (var one in paused.OrderBy(one => one.From))
        {
            var (first, last) = (one.From > at ? one.From : at, one.To is null || one.To > until ? until : one.To.Value);
            if (last <= first)
                continue;

            ran -= Run(first, last);
            at = last;
        }

        return ran.Ticks;
    }

    private TimeSpan Run(DateTimeOffset from, DateTimeOffset to) => _hours?.Between(from, to) ?? to - from;

    // With a cut-off: the first day of the calendar whose cut-off comes after it. What is told by day alone came in before it.
    private DateOnly ComesInOn(Moment start)
    {
        if (_cutOff is not { } cutOff)
            return start.Day;

        var day = _calendar.OnOrAfter(start.Day);
        return day == start.Day && start.Time >= ParisDays.At(day, cutOff) ? _calendar.OnOrAfter(day.AddDays(1)) : day;
    }

    private static TimeOnly Read(string time) => TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture);
}
