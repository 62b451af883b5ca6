using Delegation.Persistence.Stored;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Calendar;
using Kind = Delegation.Reporting.V1.Operation.Types.Kind;

namespace Delegation.Reporting.Operations;

/// <summary>Flows, stocks and processing times of a period, from the groups that the database counted.</summary>
internal static class Counting
{
    /// <summary>All kinds together, and each that has something to tell.</summary>
    public static (OperationCount Total, IReadOnlyList<OperationCount> Kinds) Count(IReadOnlyCollection<CountedGroup> groups)
    {
        var moved = groups.Where(group => group.Kind is not null).ToArray();
        var kinds = moved.GroupBy(group => StoredNames.Read<Kind>(group.Kind!)).OrderBy(kind => kind.Key).Select(kind => CountOf(kind.Key, [.. kind]));
        return (CountOf(Kind.Unspecified, moved), [.. kinds]);
    }

    private static OperationCount CountOf(Kind kind, IReadOnlyCollection<CountedGroup> groups)
    {
        var closed = groups.Where(group => group.CloseDay is not null).ToArray();
        return new OperationCount
        {
            Kind = kind,
            Opening = Sum(groups.Where(group => group.Carried is true)),
            Received = Sum(groups.Where(group => group.Carried is false)),
            Closed = Sum(closed),
            Closing = Sum(groups.Where(group => group.CloseDay is null)),
            Processed = Sum(closed.Where(group => group.Outcome == "processed")),
            Refused = Sum(closed.Where(group => group.Outcome == "refused")),
            Abandoned = Sum(closed.Where(group => group.Outcome == "abandoned")),
            Automated = Sum(closed.Where(group => group.Automated is true)),
            Times = closed.Length == 0 ? null : TimesOf(closed),
        };
    }

    private static ProcessingTimes TimesOf(IReadOnlyCollection<CountedGroup> closed)
    {
        var calendar = new WorkingDayCount(closed.Min(group => group.StartDay!.Value), closed.Max(group => group.CloseDay!.Value));
        var times = closed
            .GroupBy(group => calendar.After(group.StartDay!.Value, group.CloseDay!.Value), group => group.Operations!.Value)
            .Select(time => new ProcessingTime { Days = time.Key, Operations = time.Sum() })
            .OrderBy(time => time.Days)
            .ToArray();
        var all = times.Sum(time => time.Operations);

        return new ProcessingTimes
        {
            AverageDays = times.Sum(time => (double)time.Days * time.Operations) / all,
            MedianDays = DaysOf(0.5),
            Percentile95Days = DaysOf(0.95),
            Distribution = { times },
        };

        // The nearest rank: the fewest days within which that share was closed.
        int DaysOf(double share)
        {
            var within = 0L;
            return times.First(time => (within += time.Operations) >= share * all).Days;
        }
    }

    private static long Sum(IEnumerable<CountedGroup> groups) => groups.Sum(group => group.Operations!.Value);

    /// <summary>Working days between many pairs of days, each looked up: the calendar is gone through once.</summary>
    private sealed class WorkingDayCount
    {
        private readonly DateOnly _first;
        private readonly int[] _before;

        public WorkingDayCount(DateOnly first, DateOnly last)
        {
            _first = first;
            _before = new int[last.DayNumber - first.DayNumber + 1];
            for (var day = 1; day < _before.Length; day++)
                _before[day] = _before[day - 1] + (BusinessCalendar.Ouvres.IsWorkingDay(first.AddDays(day)) ? 1 : 0);
        }

        public int After(DateOnly start, DateOnly end) => _before[end.DayNumber - _first.DayNumber] - _before[start.DayNumber - _first.DayNumber];
    }
}
