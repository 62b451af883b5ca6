using Delegation.Contracts.V1;
using Delegation.Reporting.Commitments;
using Delegation.Reporting.Operational;
using static Delegation.Reporting.Tests.Operational.PreparingCommitments;

namespace Delegation.Reporting.Tests.Operational;

public sealed class Measures_in_parts
{
    private static readonly Period April = new(new DateOnly(2026, 4, 1), new DateOnly(2026, 4, 30));

    [Fact]
    public void What_is_split_by_an_amendment_is_on_the_whole_what_it_is_unsplit()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var items = Items(random);
            var terms = RandomRule(random);
            var cut = April.Start.AddDays(random.Next(1, 29));

            var whole = TimedMeasure.Of(History([], ("2026-01-01", null, terms)), April, items);
            var parts = TimedMeasure.Of(History([], ("2026-01-01", $"{cut.AddDays(-1):yyyy-MM-dd}", terms), ($"{cut:yyyy-MM-dd}", null, terms)), April, items);

            Assert.Equal(Sum(whole), Sum(parts));
            Assert.Equal([(April.Start, cut.AddDays(-1)), (cut, April.End)], parts.Select(part => (part.Part.Start!.Value, part.Part.End!.Value)));
            Assert.All(parts[0].Late, late => Assert.True(late.Start.Day < cut, $"{seed}"));
            Assert.All(parts[1].Late, late => Assert.True(late.Start.Day >= cut, $"{seed}"));
        }
    }

    [Fact]
    public void Each_item_is_counted_once_over_all_periods()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var items = Items(new Random(seed));
            foreach (var rule in new[] { OpenItemsRule.CountWhenStopped, OpenItemsRule.CountLateOnes })
            {
                var terms = Quotes();
                terms.Clock.OpenItems = rule;
                var months = Enumerable.Range(0, 12).Select(month => MonthlyMeasures.MonthOf(new DateOnly(2026, 1, 1).AddMonths(month)));
                var tallies = months.SelectMany(month => TimedMeasure.Of(History([], ("2026-01-01", null, terms)), month, items)).ToArray();

                // By the end of the year all that is still open is late.
                var expected = items.Count(item => rule == OpenItemsRule.CountLateOnes || item.Closed is not null);
                Assert.Equal(expected, tallies.Sum(tally => tally.Volume));
                Assert.Equal(tallies.Sum(tally => tally.Late.Count), tallies.SelectMany(tally => tally.Late).Select(late => late.Reference).Distinct().Count());
            }
        }
    }

    [Fact]
    public void What_started_on_neutralised_days_does_not_count_and_these_days_are_a_part_of_their_own()
    {
        NeutralisedDays strike = new(Guid.CreateVersion7(), null, new DateOnly(2026, 4, 7), new DateOnly(2026, 4, 10));
        MeasuredItem[] items = [Closed("A", "2026-04-01", "2026-04-02"), Closed("B", "2026-04-08", "2026-04-28"), Closed("C", "2026-04-20", "2026-04-21")];

        var parts = TimedMeasure.Of(History([strike], ("2026-01-01", null, Quotes())), April, items);

        Assert.Equal([(1, 0, null), (0, 1, strike.Id), (1, 0, null)], parts.Select(part => (part.Volume, part.Neutralised, part.Part.Neutralised?.Id)));
    }

    [Fact]
    public void Items_of_a_version_that_ended_before_the_period_are_left_to_it()
    {
        var strict = Quotes();
        strict.TimeLimit = 1;
        MeasuredItem[] items = [Closed("A", "2026-03-30", "2026-04-01"), Closed("B", "2026-04-01", "2026-04-03")];

        var parts = TimedMeasure.Of(History([], ("2026-01-01", "2026-03-31", strict), ("2026-04-01", null, Quotes())), April, items);

        Assert.Equal([(April.Start, 1, 1), (default(DateOnly?), 1, 0)], parts.Select(part => (part.Part.Start, (int)part.Volume, (int)part.InTime)));
    }

    [Fact]
    public void Percentiles_and_averages_are_those_of_sorted_times()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var items = Items(random).Where(item => item.Closed is not null).ToArray();
            var terms = Quotes();
            (terms.Measure, terms.Percentile, terms.Clock.OpenItems) =
                (random.Next(2) == 0 ? CommitmentMeasure.Percentile : CommitmentMeasure.Average, random.Next(1, 101), OpenItemsRule.CountWhenStopped);
            var clock = new MeasuringClock(terms);
            var times = items.Where(item => item.Closed!.Value.Day >= April.Start && item.Closed.Value.Day <= April.End)
                .Select(item => clock.Elapsed(item.Received, item.Closed!.Value, item.Standstills)!.Value).Order().ToArray();

            var measured = TimedMeasure.Of(History([], ("2026-01-01", null, terms)), April, items).Single().Hundredths(clock);

            long? expected = times.Length == 0 ? null
                : terms.Measure == CommitmentMeasure.Average ? (long)Math.Ceiling(times.Sum() * 100m / times.Length)
                : times.First(time => times.Count(other => other <= time) * 100 >= terms.Percentile * times.Length) * 100;
            Assert.Equal(expected, measured);
        }
    }

    [Fact]
    public void A_share_is_never_rounded_up_to_its_target()
    {
        MeasuredItem[] items = [.. Enumerable.Range(0, 99_999).Select(i => Closed($"{i}", "2026-04-07", "2026-04-08")), Closed("late", "2026-04-07", "2026-04-28")];

        Assert.Equal(99_99, TimedMeasure.Of(History([], ("2026-01-01", null, Quotes())), April, items).Single().Hundredths(new MeasuringClock(Quotes())));
    }

    private static MeasuredItem Closed(string reference, string received, string closed) =>
        Item(reference, new Moment(Day(received), null), new Moment(Day(closed), null));

    private static CommitmentTerms RandomRule(Random random)
    {
        var terms = Quotes();
        terms.Clock.OpenItems = (OpenItemsRule)random.Next(1, 4);
        return terms;
    }

    private static MeasuredItem[] Items(Random random) => [.. Enumerable.Range(0, random.Next(40)).Select(i =>
    {
        var received = new DateOnly(2026, 3, 1).AddDays(random.Next(60));
        return Item(
            $"R{i}", new Moment(received, null), random.Next(4) == 0 ? null : new Moment(received.AddDays(random.Next(20)), null),
            [.. Enumerable.Range(0, random.Next(2)).Select(_ => new Standstill(
                PauseCause.AwaitingInsured, new DateTimeOffset(received.AddDays(random.Next(4)), new TimeOnly(10, 0), default),
                new DateTimeOffset(received.AddDays(random.Next(4, 9)), new TimeOnly(10, 0), default)))]);
    })];

    private static (long, long, int) Sum(IReadOnlyList<PartTally> tallies) => (tallies.Sum(tally => tally.Volume), tallies.Sum(tally => tally.InTime), tallies.Sum(tally => tally.Late.Count));
}
