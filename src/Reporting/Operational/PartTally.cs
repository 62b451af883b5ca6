using Delegation.Contracts.V1;
using Delegation.Reporting.Commitments;

namespace Delegation.Reporting.Operational;

/// <summary>Days of a period with one version, which count or do not.</summary>
/// <param name="Version">The version that holds.</param>
/// <param name="Start">The first; null for what is left of a version that does not hold in the period any more.</param>
/// <param name="End">The last; null with the first.</param>
/// <param name="Neutralised">By which both sides agreed not to count them.</param>
/// <param name="Observed">Within the observation of the version.</param>
internal sealed record MeasuredPart(AgreedCommitment Version, DateOnly? Start, DateOnly? End, NeutralisedDays? Neutralised, bool Observed);

/// <summary>What a part comes to while its items are counted one by one.</summary>
internal sealed class PartTally(MeasuredPart part)
{
    private readonly List<long> _times = [];

    public MeasuredPart Part { get; } = part;

    public long Volume { get; private set; }

    public long InTime { get; private set; }

    public long Excluded { get; set; }

    public long NotTold { get; set; }

    public long Neutralised { get; set; }

    public List<LateItem> Late { get; } = [];

    private CommitmentTerms Terms => Part.Version.Terms;

    public void Count(MeasuringClock clock, MeasuredItem item, Moment start, Moment? stop, long elapsed)
    {
        Volume++;
        _times.Add(elapsed);
        if (clock.IsLate(elapsed))
            Late.Add(new LateItem(item.Reference, start, stop, clock.Hundredths(elapsed, 1)));
        else
            InTime++;
    }

    /// <summary>A call that nobody answered: it is never in time, and has no time that an average could have.</summary>
    public void CountGivenUp(MeasuredItem item, Moment start, Moment stop)
    {
        if (Terms.Measure != CommitmentMeasure.ShareInTime)
        {
            NotTold++;
            return;
        }

        Volume++;
        Late.Add(new LateItem(item.Reference, start, stop, null));
    }

    /// <summary>The measure in hundredths of the target's unit, rounded away from the target; null without items.</summary>
    public long? Hundredths(MeasuringClock clock)
    {
        if (Volume == 0)
            return null;

        switch (Terms.Measure)
        {
            case CommitmentMeasure.ShareInTime:
                return (long)((Int128)InTime * 100_00 / Volume);
            case CommitmentMeasure.Average:
                return clock.Hundredths(_times.Aggregate((Int128)0, (sum, time) => sum + time), Volume);
            default:
                // The nearest rank: the shortest time within which that part of them was done.
                _times.Sort();
                return clock.Hundredths(_times[(int)(((long)Terms.Percentile * _times.Count + 99) / 100) - 1], 1);
        }
    }
}
