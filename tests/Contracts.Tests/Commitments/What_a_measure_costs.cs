using Delegation.Access.V1;
using Delegation.Contracts.Commitments;
using Delegation.Contracts.V1;
using FsCheck;
using FsCheck.Fluent;
using Verdict = Delegation.Contracts.V1.CommitmentResult.Types.Verdict;

namespace Delegation.Contracts.Tests.Commitments;

/// <summary>Penalties and bonuses by the terms of a commitment: worked examples, and what holds whatever the figures.</summary>
public sealed class What_a_measure_costs
{
    // 95 % within 5 days, tolerance 1 point, 2 % of the fees for each point begun from the target, 10 % at most; fees 50 000 €.
    [Theory]
    [InlineData(95_00, Verdict.Met, 0, 0)]
    [InlineData(94_00, Verdict.WithinTolerance, 0, 0)]
    [InlineData(93_99, Verdict.Breached, 2, 2_000_00)]
    [InlineData(93_00, Verdict.Breached, 2, 2_000_00)]
    [InlineData(92_50, Verdict.Breached, 3, 3_000_00)]
    [InlineData(80_00, Verdict.Breached, 15, 5_000_00)]
    public void A_share_in_time_below_its_target_costs_a_part_of_the_fees_for_each_point(long measured, Verdict verdict, long steps, long cents)
    {
        var result = Of(Terms.Claims, measured);

        Assert.Equal((verdict, steps, cents), (result.Verdict, result.Steps, result.AmountCents));
        Assert.Equal(cents > 0 ? Side.Insurer : Side.Unspecified, result.Beneficiary);
    }

    [Theory]
    [InlineData(GapOrigin.Target, StepCount.Whole, 93_50, 1, 1_000_00)]
    [InlineData(GapOrigin.Tolerance, StepCount.Started, 93_50, 1, 1_000_00)]
    [InlineData(GapOrigin.Tolerance, StepCount.Whole, 93_50, 0, 0)]
    [InlineData(GapOrigin.Tolerance, StepCount.Whole, 91_00, 3, 3_000_00)]
    public void Where_the_gap_starts_and_which_steps_count_is_agreed_on(GapOrigin origin, StepCount count, long measured, long steps, long cents)
    {
        var result = Of(Terms.Claims.With(terms => (terms.Penalty.GapOrigin, terms.Penalty.StepCount) = (origin, count)), measured);

        Assert.Equal((Verdict.Breached, steps, cents), (result.Verdict, result.Steps, result.AmountCents));
    }

    /// <summary>An average of 6.25 days for 5 agreed ones: 500 € for each half day begun beyond the tolerance of half a day, so for 0.75 day.</summary>
    [Fact]
    public void A_time_above_its_target_costs_an_amount_for_each_step()
    {
        var terms = Terms.Claims.With(all =>
        {
            (all.Measure, all.TimeLimit, all.Direction, all.TargetHundredths, all.ToleranceHundredths) = (CommitmentMeasure.Average, 0, TargetDirection.AtMost, 5_00, 50);
            all.Penalty = new PenaltyTerms
            {
                Basis = PenaltyBasis.Amount, Amount = Euros(500_00), StepHundredths = 50, StepCount = StepCount.Started, GapOrigin = GapOrigin.Tolerance, Cap = Euros(3_000_00),
            };
        });

        Assert.Equal((75, 2, 1_000_00, 3_000_00), (Of(terms, 6_25).GapHundredths, Of(terms, 6_25).Steps, Of(terms, 6_25).AmountCents, Of(terms, 6_25).CapCents));
        Assert.Equal((0, Verdict.WithinTolerance), (Of(terms, 5_50).AmountCents, Of(terms, 5_50).Verdict));
        Assert.Equal((5_000_00, 3_000_00), (Of(terms, 10_50).BeforeCapCents, Of(terms, 10_50).AmountCents));
    }

    /// <summary>97.4 % for a target of 95 %: a bonus from one point beyond, so for 1.4 points; two begun, at 0.5 % of 50 000 €.</summary>
    [Fact]
    public void More_than_was_promised_earns_the_delegate_a_bonus_beyond_its_margin()
    {
        var terms = Terms.Claims.With(all => all.Bonus = new PenaltyTerms
        {
            Basis = PenaltyBasis.PercentOfFees, RateHundredths = 50, StepHundredths = 1_00, StepCount = StepCount.Started, BonusMarginHundredths = 1_00, CapRateHundredths = 2_00,
        });

        Assert.Equal((Verdict.Met, Side.Delegate, 2, 500_00), (Of(terms, 97_40).Verdict, Of(terms, 97_40).Beneficiary, Of(terms, 97_40).Steps, Of(terms, 97_40).AmountCents));
        Assert.Equal(Side.Unspecified, Of(terms, 96_00).Beneficiary);
    }

    [Fact]
    public void Too_few_items_are_no_measure() => Assert.Equal((Verdict.NotMeasured, 0), (
        PenaltyRule.Of(Terms.Claims.With(Directed), new Measured(0, 49, 50_000_00), default).Verdict,
        PenaltyRule.Of(Terms.Claims.With(Directed), new Measured(0, 49, 50_000_00), default).AmountCents));

    [Fact]
    public void What_the_year_has_come_to_leaves_less_for_the_next_period()
    {
        var terms = Terms.Claims.With(all => all.Penalty.YearlyCap = Euros(6_000_00));

        Assert.Equal(5_000_00, Of(terms, 80_00).AmountCents);
        Assert.Equal(1_000_00, Of(terms, 80_00, usedCents: 5_000_00).AmountCents);
        Assert.Equal((0, Side.Unspecified), (Of(terms, 80_00, usedCents: 6_000_00).AmountCents, Of(terms, 80_00, usedCents: 6_000_00).Beneficiary));
    }

    /// <summary>333.33 € of fees, 2.5 % of them: 8.33325 €. And 500.20 €: 12.505 €, half a cent up.</summary>
    [Theory]
    [InlineData(333_33, 8_33)]
    [InlineData(500_20, 12_51)]
    public void Cents_are_rounded_once_half_a_cent_up(long fees, long cents) => Assert.Equal(
        cents, Of(Terms.Claims.With(terms => (terms.Penalty.RateHundredths, terms.Penalty.StepHundredths, terms.Penalty.StepCount) = (2_50, 0, default)), 93_00, fees).AmountCents);

    /// <summary>Whatever the terms and the measure: never above any of the caps, never below zero, and nothing where the target is reached.</summary>
    [Fact]
    public void A_penalty_is_never_above_its_caps() => Prop.ForAll(Cases, at =>
    {
        var result = PenaltyRule.Of(at.Terms, at.Measured, (at.Used, at.Used));
        var penalty = at.Terms.Penalty;
        var missed = at.Terms.Direction == TargetDirection.AtLeast ? at.Measured.Hundredths < at.Terms.TargetHundredths : at.Measured.Hundredths > at.Terms.TargetHundredths;

        return result.AmountCents >= 0
            && result.AmountCents <= result.CapCents
            && result.AmountCents <= result.BeforeCapCents
            && (missed || result.Beneficiary != Side.Insurer)
            && (penalty.CapRateHundredths == 0 || (Int128)result.AmountCents * 100_00 <= (Int128)at.Measured.FeesCents * penalty.CapRateHundredths)
            && (penalty.Cap is null || result.AmountCents <= penalty.Cap.MinorUnits)
            && (penalty.YearlyCap is null || result.AmountCents <= Math.Max(0, penalty.YearlyCap.MinorUnits - at.Used));
    }).QuickCheckThrowOnFailure();

    /// <summary>A worse measure never costs less.</summary>
    [Fact]
    public void A_worse_measure_never_costs_less() => Prop.ForAll(Cases, at =>
    {
        var worse = at.Measured with { Hundredths = Math.Max(0, at.Measured.Hundredths + (at.Terms.Direction == TargetDirection.AtLeast ? -37 : 37)) };
        return PenaltyRule.Of(at.Terms, worse, (at.Used, at.Used)).AmountCents >= PenaltyRule.Of(at.Terms, at.Measured, (at.Used, at.Used)).AmountCents;
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<(CommitmentTerms Terms, Measured Measured, long Used)> Cases { get; } = (
        from atLeast in Gen.Elements(true, false)
        from target in Gen.Choose(1_00, 100_00)
        from tolerance in Gen.Choose(0, 5_00)
        from isShare in Gen.Elements(true, false)
        from rate in Gen.Choose(1, 100_00)
        from step in Gen.Elements(0, 1, 37, 1_00, 5_00)
        from count in Gen.Elements(StepCount.Started, StepCount.Whole)
        from origin in Gen.Elements(GapOrigin.Target, GapOrigin.Tolerance)
        from caps in Gen.Choose(1, 7)
        from cap in Gen.Choose(1, 5_000_00)
        from measured in Gen.Choose(0, 120_00)
        from fees in Gen.Choose(0, 100_000_00)
        from used in Gen.Choose(0, 10_000_00)
        select (
            new CommitmentTerms
            {
                Direction = atLeast ? TargetDirection.AtLeast : TargetDirection.AtMost,
                TargetHundredths = target,
                ToleranceHundredths = tolerance,
                Penalty = new PenaltyTerms
                {
                    Basis = isShare ? PenaltyBasis.PercentOfFees : PenaltyBasis.Amount,
                    RateHundredths = isShare ? rate : 0,
                    Amount = isShare ? null : Euros(rate),
                    StepHundredths = step,
                    StepCount = step == 0 ? default : count,
                    GapOrigin = origin,
                    CapRateHundredths = (caps & 1) > 0 ? 10_00 : 0,
                    Cap = (caps & 2) > 0 ? Euros(cap) : null,
                    YearlyCap = (caps & 4) > 0 ? Euros(2L * cap) : null,
                },
            }.With(terms => terms.Penalty.Cap ??= terms.Penalty.CapRateHundredths == 0 ? Euros(cap) : null),
            new Measured(measured, 100, fees),
            (long)used)).ToArbitrary();

    private static Penalised Of(CommitmentTerms terms, long measured, long fees = 50_000_00, long usedCents = 0) =>
        PenaltyRule.Of(terms.With(Directed), new Measured(measured, 100, fees), (usedCents, usedCents));

    // As the reading of the terms sets it.
    private static void Directed(CommitmentTerms terms) => terms.Direction = terms.Direction == default ? TargetDirection.AtLeast : terms.Direction;

    private static V1.Money Euros(long cents) => new() { MinorUnits = cents, Currency = "EUR" };
}
