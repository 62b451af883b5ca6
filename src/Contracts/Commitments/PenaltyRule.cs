using System.Numerics;
using Delegation.Access.V1;
using Delegation.Contracts.Finance;
using Delegation.Contracts.V1;
using Verdict = Delegation.Contracts.V1.CommitmentResult.Types.Verdict;

namespace Delegation.Contracts.Commitments;

/// <summary>What was measured of a commitment.</summary>
/// <param name="Hundredths">The measure, in hundredths of the target's unit.</param>
/// <param name="Volume">How many items were measured.</param>
/// <param name="FeesCents">The fees of the same days.</param>
internal sealed record Measured(long Hundredths, long Volume, long FeesCents);

/// <summary>What follows from a measure. <paramref name="CapCents"/> is never below <paramref name="AmountCents"/>.</summary>
internal sealed record Penalised(Verdict Verdict, Side Beneficiary, long GapHundredths, long Steps, long BeforeCapCents, long CapCents, long AmountCents);

/// <summary>
/// What a measure costs the delegate or earns it, by the terms of the commitment: the gap in steps, each at its rate or amount, up to the cap of
/// the period and to what the year leaves. Cents are rounded once, before the cap; the cap of a share of fees is rounded down, so that no
/// rounding passes it.
/// </summary>
internal static class PenaltyRule
{
    private const long Whole = 100_00;

    /// <param name="terms">Those of the version that holds.</param>
    /// <param name="measured">What was measured.</param>
    /// <param name="usedOfYear">What credit notes of the commitment came to already in the same year: penalties and bonuses, in cents.</param>
    public static Penalised Of(CommitmentTerms terms, Measured measured, (long Penalties, long Bonuses) usedOfYear)
    {
        if (measured.Volume < terms.MinimumVolume)
            return new Penalised(Verdict.NotMeasured, Side.Unspecified, 0, 0, 0, 0, 0);

        // Above zero where the target is missed, below where it is exceeded.
        var missed = terms.Direction == TargetDirection.AtLeast ? terms.TargetHundredths - measured.Hundredths : measured.Hundredths - terms.TargetHundredths;
        if (missed > terms.ToleranceHundredths)
        {
            var gap = terms.Penalty?.GapOrigin == GapOrigin.Tolerance ? missed - terms.ToleranceHundredths : missed;
            return Due(Verdict.Breached, Side.Insurer, terms.Penalty, gap, measured, usedOfYear.Penalties);
        }

        if (missed > 0)
            return new Penalised(Verdict.WithinTolerance, Side.Unspecified, missed, 0, 0, 0, 0);

        var exceeded = -missed - (terms.Bonus?.BonusMarginHundredths ?? 0);
        return exceeded > 0
            ? Due(Verdict.Met, Side.Delegate, terms.Bonus, exceeded, measured, usedOfYear.Bonuses)
            : new Penalised(Verdict.Met, Side.Unspecified, 0, 0, 0, 0, 0);
    }

    private static Penalised Due(Verdict verdict, Side beneficiary, PenaltyTerms? terms, long gap, Measured measured, long usedCents)
    {
        if (terms is null)
            return new Penalised(verdict, Side.Unspecified, gap, 0, 0, 0, 0);

        var steps = Steps(terms, gap);
        var beforeCap = terms.Basis == PenaltyBasis.PercentOfFees
            ? Euros.Round((BigInteger)measured.FeesCents * terms.RateHundredths * steps, Whole)
            : (long)Int128.Min((Int128)terms.Amount.MinorUnits * steps, Euros.Most);
        var cap = Cap(terms, measured, usedCents);
        var amount = Math.Min(beforeCap, cap);
        return new Penalised(verdict, amount > 0 ? beneficiary : Side.Unspecified, gap, steps, beforeCap, cap, amount);
    }

    private static long Steps(PenaltyTerms terms, long gap) => terms.StepHundredths switch
    {
        0 => 1,
        var step when terms.StepCount == StepCount.Started => (gap + step - 1) / step,
        var step => gap / step,
    };

    private static long Cap(PenaltyTerms terms, Measured measured, long usedCents)
    {
        var cap = long.MaxValue;
        if (terms.CapRateHundredths > 0)
            cap = (long)((Int128)measured.FeesCents * terms.CapRateHundredths / Whole);
        if (terms.Cap is not null)
            cap = Math.Min(cap, terms.Cap.MinorUnits);
        if (terms.YearlyCap is not null)
            cap = Math.Min(cap, Math.Max(0, terms.YearlyCap.MinorUnits - usedCents));

        return cap;
    }
}
