using Delegation.Contracts.V1;
using Delegation.Reporting.Commitments;
using Delegation.ServiceDefaults.Fields;
using Message = Delegation.Reporting.V1.CommitmentMeasure;
using State = Delegation.Reporting.V1.CommitmentMeasure.Types.State;
using Verdict = Delegation.Reporting.V1.CommitmentMeasure.Types.Verdict;
using Why = Delegation.Reporting.V1.CommitmentMeasure.Types.Why;

namespace Delegation.Reporting.Operational;

/// <summary>What was computed of a commitment in a part of a period: the measure as both sides see it, and the operations that were late.</summary>
internal sealed record ComputedMeasure(Message Measure, CommitmentTerms Terms, IReadOnlyList<LateItem> Late)
{
    /// <summary>Of a part, before anything was counted.</summary>
    public static Message Blank(KnownDelegation delegation, CommitmentHistory commitment, Period period, MeasuredPart part) => new()
    {
        DelegationId = delegation.DelegationId.ToString(),
        CommitmentId = commitment.CommitmentId.ToString(),
        CommitmentVersionId = part.Version.VersionId.ToString(),
        Title = part.Version.Terms.Title,
        IndicatorCode = part.Version.Terms.IndicatorCode,
        PeriodStartDay = DayField.Write(period.Start),
        PeriodEndDay = DayField.Write(period.End),
        StartDay = DayField.Write(part.Start),
        EndDay = DayField.Write(part.End),
        State = State.Provisional,
        TargetHundredths = part.Version.Terms.TargetHundredths,
        ToleranceHundredths = part.Version.Terms.ToleranceHundredths,
        Direction = part.Version.Terms.Direction,
        Measure = part.Version.Terms.Measure,
        Weight = Math.Max(1, part.Version.Terms.Weight),
        Observed = part.Observed,
        NeutralisationId = part.Neutralised?.Id.ToString() ?? "",
    };

    /// <summary>Sets what a measure says of the commitment, with the penalty or bonus that follows; or why it says nothing.</summary>
    public static Message Judge(Message measure, CommitmentTerms terms, long? hundredths, Why why)
    {
        measure.ClearMeasuredHundredths();
        measure.Penalty = null;
        if (hundredths is { } known)
            measure.MeasuredHundredths = known;

        measure.Why = measure.NeutralisationId.Length > 0 ? Why.Neutralised
            : why != Why.Unspecified ? why
            : hundredths is null ? (measure.NotTold > 0 ? Why.TimesNotTold : Why.NoItems)
            : measure.Volume < terms.MinimumVolume ? Why.BelowMinimumVolume
            : Why.Unspecified;
        if (measure.Why != Why.Unspecified)
            measure.Verdict = Verdict.NotMeasurable;
        else
            (measure.Verdict, measure.Penalty) = PenaltyOfMeasure.Of(terms, hundredths!.Value, measure.Observed);

        return measure;
    }
}
