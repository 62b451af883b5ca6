using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Reporting.Operational;
using Delegation.Reporting.V1;
using Verdict = Delegation.Reporting.V1.CommitmentMeasure.Types.Verdict;

namespace Delegation.Reporting.Tests.Operational;

/// <summary>Worked examples, calculated by hand.</summary>
public sealed class What_measures_cost
{
    // 95 % with a tolerance of a point; 2.5 % of the fees for each point begun, from the target, 20 % at most.
    [Theory]
    [InlineData(97_00, Verdict.Kept, 0, 0, false)]
    [InlineData(95_00, Verdict.Kept, 0, 0, false)]
    [InlineData(94_00, Verdict.WithinTolerance, 0, 0, false)]
    [InlineData(93_99, Verdict.Breached, 2, 5_00, false)]
    [InlineData(90_00, Verdict.Breached, 5, 12_50, false)]
    [InlineData(86_50, Verdict.Breached, 9, 20_00, true)]
    public void A_share_of_the_fees_for_each_point_that_is_begun(long measured, Verdict verdict, long steps, long rate, bool capped)
    {
        var (told, penalty) = PenaltyOfMeasure.Of(PreparingCommitments.Quotes(), measured, observed: false);

        Assert.Equal((verdict, steps, rate, capped), (told, penalty?.Steps ?? 0, penalty?.RateHundredths ?? 0, penalty?.Capped ?? false));
        Assert.Equal(penalty is null ? Side.Unspecified : Side.Insurer, penalty?.Beneficiary ?? Side.Unspecified);
    }

    // 300 € for each whole day above the tolerance of half a day, 1000 € at most, on an average of 5 days.
    [Theory]
    [InlineData(5_50, Verdict.WithinTolerance, 0, 0)]
    [InlineData(6_00, Verdict.Breached, 0, 0)]
    [InlineData(7_50, Verdict.Breached, 2, 600_00)]
    [InlineData(9_50, Verdict.Breached, 4, 1000_00)]
    public void An_amount_for_each_whole_day_beyond_the_tolerance(long measured, Verdict verdict, long steps, long cents)
    {
        var terms = Average();

        var (told, penalty) = PenaltyOfMeasure.Of(terms, measured, observed: false);

        Assert.Equal((verdict, steps, cents), (told, penalty?.Steps ?? 0, penalty?.AmountMinorUnits ?? 0));
        Assert.Null(PenaltyOfMeasure.Of(terms, measured, observed: true).Penalty);
    }

    [Fact]
    public void A_bonus_beyond_its_margin_is_the_delegate_s()
    {
        var terms = PreparingCommitments.Quotes();
        terms.Bonus = new PenaltyTerms { Basis = PenaltyBasis.Amount, Amount = new Money { MinorUnits = 500_00, Currency = "EUR" }, BonusMarginHundredths = 2_00, Cap = new Money { MinorUnits = 400_00, Currency = "EUR" } };

        Assert.Null(PenaltyOfMeasure.Of(terms, 97_00, observed: false).Penalty);
        Assert.Equal(
            new MeasuredPenalty { Beneficiary = Side.Delegate, GapHundredths = 50, Steps = 1, AmountMinorUnits = 400_00, Capped = true },
            PenaltyOfMeasure.Of(terms, 97_50, observed: false).Penalty);
    }

    private static CommitmentTerms Average() => new()
    {
        Measure = Contracts.V1.CommitmentMeasure.Average,
        Direction = TargetDirection.AtMost,
        TargetHundredths = 5_00,
        ToleranceHundredths = 50,
        Penalty = new PenaltyTerms
        {
            Basis = PenaltyBasis.Amount,
            Amount = new Money { MinorUnits = 300_00, Currency = "EUR" },
            StepHundredths = 1_00,
            StepCount = StepCount.Whole,
            GapOrigin = GapOrigin.Tolerance,
            Cap = new Money { MinorUnits = 1000_00, Currency = "EUR" },
        },
    };
}
