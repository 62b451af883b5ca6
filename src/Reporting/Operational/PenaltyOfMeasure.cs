using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Reporting.V1;
using Verdict = Delegation.Reporting.V1.CommitmentMeasure.Types.Verdict;

namespace Delegation.Reporting.Operational;

/// <summary>
/// What a measure says of a commitment, and what it costs or earns by its terms as far as it is known without the fees and what the year has left:
/// the gap in steps, each at its rate or amount, up to the caps of the period.
/// </summary>
internal static class PenaltyOfMeasure
{
    private const long Most = 1_000_000_000_000_00;

    /// <param name="terms">Those of the version.</param>
    /// <param name="hundredths">The measure.</param>
    /// <param name="observed">Without penalty or bonus.</param>
    public static (Verdict Verdict, MeasuredPenalty? Penalty) Of(CommitmentTerms terms, long hundredths, bool observed)
    {
        // Above zero where the target is missed, below where it is exceeded.
        var missed = terms.Direction == TargetDirection.AtLeast ? terms.TargetHundredths - hundredths : hundredths - terms.TargetHundredths;
        if (missed > terms.ToleranceHundredths)
        {
            var gap = terms.Penalty?.GapOrigin == GapOrigin.Tolerance ? missed - terms.ToleranceHundredths : missed;
            return (Verdict.Breached, observed ? null : Due(Side.Insurer, terms.Penalty, gap));
        }

        if (missed > 0)
            return (Verdict.WithinTolerance, null);

        var exceeded = -missed - (terms.Bonus?.BonusMarginHundredths ?? 0);
        return (Verdict.Kept, observed || exceeded <= 0 ? null : Due(Side.Delegate, terms.Bonus, exceeded));
    }

    private static MeasuredPenalty? Due(Side beneficiary, PenaltyTerms? terms, long gap)
    {
        if (terms is null || Steps(terms, gap) is not (> 0 and var steps))
            return null;

        var due = new MeasuredPenalty { Beneficiary = beneficiary, GapHundredths = gap, Steps = steps };
        if (terms.Basis == PenaltyBasis.PercentOfFees)
        {
            var rate = (long)Int128.Min((Int128)terms.RateHundredths * steps, Most);
            due.RateHundredths = terms.CapRateHundredths > 0 ? Math.Min(rate, terms.CapRateHundredths) : rate;
            due.Capped = due.RateHundredths < rate;
        }
        else
        {
            var amount = (long)Int128.Min((Int128)terms.Amount.MinorUnits * steps, Most);
            due.AmountMinorUnits = Math.Min(amount, terms.Cap?.MinorUnits ?? long.MaxValue);
            due.Capped = due.AmountMinorUnits < amount;
        }

        return due;
    }

    private static long Steps(PenaltyTerms terms, long gap) => terms.StepHundredths switch
    {
        0 => 1,
        var step when terms.StepCount == StepCount.Started => (gap + step - 1) / step,
        var step => gap / step,
    };
}
