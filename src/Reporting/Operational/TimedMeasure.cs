using Delegation.Contracts.V1;
using Delegation.Reporting.Commitments;

namespace Delegation.Reporting.Operational;

/// <summary>
/// Measures a commitment on its clock in one of its periods. An item is counted by the version that was in force when its clock started; it belongs to
/// the period in which its clock stops, or that ends while it runs, as the rule of open items says.
/// </summary>
internal static class TimedMeasure
{
    /// <summary>One tally for each part of the period, in their order, and for versions of which only items are left.</summary>
    public static IReadOnlyList<PartTally> Of(CommitmentHistory commitment, Period period, IEnumerable<MeasuredItem> items)
    {
        var tallies = PeriodParts.Split(commitment, period).Select(part => new PartTally(part)).ToList();
        var clocks = commitment.Versions.ToDictionary(version => version.VersionId, version => new MeasuringClock(version.Terms));
        foreach (var item in items)
        {
            if (Started(commitment, item) is not { } started || started.At.Day > period.End)
                continue;

            var (version, start) = started;
            var stop = item.StopOf(version.Terms.Clock.Stop);
            var counted = Counted(clocks[version.VersionId], version.Terms, item, start, stop, period);
            if (counted is null)
                continue;

            var tally = TallyOf(tallies, commitment, version, start.Day);
            if (commitment.NeutralisedOn(start.Day) is not null)
                tally.Neutralised++;
            else if (item.Exclusions.Any(cause => version.Terms.Exclusions.Any(exclusion => exclusion.Cause == cause)))
                tally.Excluded++;
            else if (item.GivenUp && counted.Value.Stopped && version.Terms.Clock.Stop == ClockEvent.CallAnswered)
                tally.CountGivenUp(item, start, stop!.Value);
            else if (counted.Value.Elapsed is not { } elapsed)
                tally.NotTold++;
            else
                tally.Count(clocks[version.VersionId], item, start, counted.Value.Stopped ? stop : null, elapsed);
        }

        return tallies;
    }

    // The clock of each version may start with another event: the first version that holds when its own clock starts is the one.
    private static (AgreedCommitment Version, Moment At)? Started(CommitmentHistory commitment, MeasuredItem item)
    {
        foreach (var version in commitment.Versions)
            if (item.StartOf(version.Terms.Clock.Start) is { } start && version.Holds(start.Day))
                return (version, start);

        return null;
    }

    // Null where it does not belong to the period.
    private static (bool Stopped, long? Elapsed)? Counted(
        MeasuringClock clock, CommitmentTerms terms, MeasuredItem item, Moment start, Moment? stop, Period period)
    {
        var rule = terms.Clock.OpenItems;
        var countsLate = rule == OpenItemsRule.CountLateOnes;
        if (stop is { } at && at.Day <= period.End)
        {
            // What was late when an earlier period ended was counted in that one.
            var isOfBefore = at.Day < period.Start || (countsLate && LateAt(period.Start.AddDays(-1)));
            return isOfBefore ? null : (true, clock.Elapsed(start, at, item.Standstills));
        }

        if (rule == OpenItemsRule.CountElapsed || (countsLate && LateAt(period.End) && !LateAt(period.Start.AddDays(-1))))
            return (false, clock.Elapsed(start, Moment.EndOf(period.End), item.Standstills));

        return null;

        bool LateAt(DateOnly day) => start.Day <= day && clock.Elapsed(start, Moment.EndOf(day), item.Standstills) is { } elapsed && clock.IsLate(elapsed);
    }

    private static PartTally TallyOf(List<PartTally> tallies, CommitmentHistory commitment, AgreedCommitment version, DateOnly start)
    {
        var (neutralised, observed) = (commitment.NeutralisedOn(start), version.IsObserved(start));
        var same = tallies.Where(tally => tally.Part.Version == version && tally.Part.Neutralised == neutralised && tally.Part.Observed == observed).ToArray();
        var own = same.FirstOrDefault(tally => tally.Part.Start <= start && start <= tally.Part.End) ?? same.FirstOrDefault();
        if (own is null)
            tallies.Add(own = new PartTally(new MeasuredPart(version, null, null, neutralised, observed)));

        return own;
    }
}
