using Delegation.Contracts.V1;
using Google.Protobuf;

namespace Delegation.Contracts.Tests.Commitments;

/// <summary>Commitments as tests write them.</summary>
internal static class Terms
{
    /// <summary>95 % of the claims within 5 working days, by month; 2 % of the fees for each point missed, 10 % at most.</summary>
    public static CommitmentTerms Claims => new()
    {
        IndicatorCode = "CLAIM_TIME",
        Title = "Prestations hors NOEMIE",
        Measure = CommitmentMeasure.ShareInTime,
        TimeLimit = 5,
        TimeUnit = TimeUnit.Days,
        TargetHundredths = 95_00,
        ToleranceHundredths = 1_00,
        Clock = new CommitmentClock
        {
            Start = ClockEvent.FileComplete,
            Stop = ClockEvent.Processed,
            DayZero = DayZeroRule.StartDayIsZero,
            CutOff = "16:30",
            Calendar = ClockCalendar.Ouvres,
            Pauses = { PauseCause.AwaitingInsured },
            OpenItems = OpenItemsRule.CountLateOnes,
        },
        Exclusions = { new Exclusion { Cause = ExclusionCause.VolumePeak, VolumePercent = 120 } },
        MinimumVolume = 50,
        Period = SettlementPeriod.Month,
        Penalty = Penalty,
    };

    public static PenaltyTerms Penalty => new()
    {
        Basis = PenaltyBasis.PercentOfFees,
        RateHundredths = 2_00,
        StepHundredths = 1_00,
        StepCount = StepCount.Started,
        GapOrigin = GapOrigin.Target,
        CapRateHundredths = 10_00,
    };

    /// <summary>90 % of the beneficiaries linked, by quarter, without a clock.</summary>
    public static CommitmentTerms Links => new()
    {
        IndicatorCode = "NOEMISATION_RATE",
        Title = "Taux de noémisation",
        Measure = CommitmentMeasure.Ratio,
        Direction = TargetDirection.AtLeast,
        TargetHundredths = 90_00,
        Period = SettlementPeriod.Quarter,
    };

    public static T With<T>(this T terms, Action<T> change)
        where T : IDeepCloneable<T>
    {
        var changed = terms.Clone();
        change(changed);
        return changed;
    }
}
