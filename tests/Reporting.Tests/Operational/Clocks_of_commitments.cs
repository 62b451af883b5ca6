using System.Diagnostics;
using Delegation.Contracts.V1;
using Delegation.Reporting.Operational;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Reporting.Tests.Operational;

public sealed class Clocks_of_commitments
{
    private const int Timelines = 100_000;

    [Fact]
    public void They_tell_the_same_as_counting_quarter_by_quarter_on_a_hundred_thousand_random_timelines()
    {
        var watch = Stopwatch.StartNew();
        Parallel.For(0, Timelines, seed =>
        {
            var timeline = RandomTimeline(new Random(seed));
            var counted = BruteForce.Elapsed(timeline.Terms, timeline.Start, timeline.Until, timeline.Standstills);
            var clock = new MeasuringClock(timeline.Terms);
            var expected = clock.UnitSize == 1 ? counted : counted * TimeSpan.FromMinutes(15).Ticks;

            var told = clock.Elapsed(At(timeline.Start), At(timeline.Until), timeline.Standstills);

            if (told != expected)
                Assert.Fail($"timeline {seed}: {told} for {expected}: {timeline.Terms} {timeline.Start} {timeline.Until} {string.Join(' ', timeline.Standstills)}");
        });
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }

    [Fact]
    public void They_never_run_backwards()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var (terms, start, until, standstills) = RandomTimeline(new Random(seed));
            var clock = new MeasuringClock(terms);
            Assert.True(clock.Elapsed(At(start), At(until), standstills) <= clock.Elapsed(At(start), At(until + 60), standstills), $"timeline {seed}");
        }
    }

    // Monday 2 March 2026.
    [Theory]
    [InlineData("2026-03-02 10:00", "2026-03-04 17:00", "", DayZeroRule.StartDayIsZero, 2)]
    [InlineData("2026-03-02 10:00", "2026-03-04 17:00", "", DayZeroRule.StartDayIsOne, 3)]
    [InlineData("2026-03-06 17:30", "2026-03-09 09:00", "17:00", DayZeroRule.StartDayIsZero, 0)]
    [InlineData("2026-03-07 10:00", "2026-03-10 09:00", "17:00", DayZeroRule.StartDayIsZero, 1)]
    [InlineData("2026-04-03 10:00", "2026-04-07 09:00", "", DayZeroRule.StartDayIsZero, 1)]
    public void Days_are_counted_as_the_parties_agreed(string start, string stop, string cutOff, DayZeroRule dayZero, long days)
    {
        var terms = new CommitmentTerms
        {
            TimeUnit = TimeUnit.Days,
            Clock = new CommitmentClock { Calendar = ClockCalendar.Ouvres, DayZero = dayZero, CutOff = cutOff },
        };

        Assert.Equal(days, new MeasuringClock(terms).Elapsed(InParis(start), InParis(stop), []));
    }

    [Fact]
    public void What_was_told_by_day_alone_cannot_be_told_in_hours()
    {
        var clock = new MeasuringClock(new CommitmentTerms { TimeUnit = TimeUnit.Hours, Clock = new CommitmentClock() });

        Assert.Null(clock.Elapsed(new Moment(new DateOnly(2026, 3, 2), null), InParis("2026-03-04 17:00"), []));
    }

    private static Moment InParis(string time) =>
        Moment.At(ParisDays.At(DateOnly.Parse(time[..10], null), TimeOnly.Parse(time[11..], null)));

    private static Moment At(int quarter) => Moment.At(BruteForce.Begin.AddMinutes(15 * quarter));

    private static (CommitmentTerms Terms, int Start, int Until, Standstill[] Standstills) RandomTimeline(Random random)
    {
        var unit = random.Next(5) switch { 0 => TimeUnit.OfficeHours, 1 => TimeUnit.Hours, 2 => TimeUnit.Months, _ => TimeUnit.Days };
        var days = unit is TimeUnit.Days or TimeUnit.OfficeHours;
        var clock = new CommitmentClock();
        if (days)
        {
            clock.Calendar = (ClockCalendar)random.Next(1, 4);
            clock.AlsaceMoselle = clock.Calendar != ClockCalendar.AllDays && random.Next(2) == 0;
            clock.CutOff = random.Next(2) == 0 ? "" : $"{random.Next(10, 18)}:30";
        }

        if (unit == TimeUnit.Days)
            clock.DayZero = (DayZeroRule)random.Next(1, 3);
        if (unit == TimeUnit.OfficeHours)
            (clock.Opening, clock.Closing) = ($"0{random.Next(7, 10)}:15", $"{random.Next(18, 20)}:45");
        foreach (var cause in new[] { PauseCause.AwaitingInsured, PauseCause.AwaitingProvider })
            if (random.Next(2) == 0)
                clock.Pauses.Add(cause);

        var start = random.Next(96 * 365);
        var longest = unit == TimeUnit.Months ? 96 * 120 : 96 * random.Next(1, 16);
        var until = start + random.Next(longest);
        var standstills = Enumerable.Range(0, random.Next(4)).Select(_ =>
        {
            var from = start + random.Next(-50, longest);
            return new Standstill(
                (PauseCause)random.Next(1, 4), BruteForce.Begin.AddMinutes(15 * from), random.Next(4) == 0 ? null : BruteForce.Begin.AddMinutes(15 * (from + random.Next(1, 400))));
        }).ToArray();
        return (new CommitmentTerms { TimeUnit = unit, Clock = clock }, start, until, standstills);
    }
}
