using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Commitments;
using Verdict = Delegation.Reporting.V1.CommitmentMeasure.Types.Verdict;
using Why = Delegation.Reporting.V1.CommitmentMeasure.Types.Why;

namespace Delegation.Reporting.Operational;

/// <summary>
/// Measures all commitments of a delegation whose periods end in some days. What is read follows from the calendar and not from how many commitments
/// there are: operations once for each period, counts once for each range of days.
/// </summary>
internal static class PeriodMeasures
{
    private const string KeptRate = "COMMITMENTS_KEPT_RATE";

    /// <summary>In the order of commitments, periods and parts.</summary>
    public static async Task<IReadOnlyList<ComputedMeasure>> ComputeAsync(
        this TenantSession session, KnownDelegation delegation, Period days, DateOnly? coveredTo, CancellationToken cancellationToken)
    {
        var due = (await session.ListCommitmentsAsync(delegation, cancellationToken))
            .SelectMany(commitment => PeriodParts.EndingIn(commitment, days).Select(period => (Commitment: commitment, Period: period)))
            .ToArray();
        var measures = new List<ComputedMeasure>();
        var figures = new Dictionary<Period, Figures>();
        foreach (var period in due.GroupBy(one => one.Period, one => one.Commitment))
        {
            var timed = period.Where(commitment => IsTimed(commitment)).Select(commitment => Indicators.KindOf(commitment.Versions[0].Terms.IndicatorCode)).OfType<string>().Distinct().ToArray();
            var items = timed.Length == 0 ? null : await session.ListItemsAsync(delegation, timed, period.Key, cancellationToken);
            foreach (var commitment in period)
            {
                if (IsTimed(commitment))
                    measures.AddRange(Timed(delegation, commitment, period.Key, items, coveredTo));
                else
                    foreach (var part in PeriodParts.Split(commitment, period.Key))
                        measures.Add(await CountedAsync(session, delegation, commitment, period.Key, part, figures, coveredTo, cancellationToken));
            }
        }

        return [.. WithKeptRate(measures).OrderBy(one => one.Measure.CommitmentId, StringComparer.Ordinal).ThenBy(one => one.Measure.PeriodEndDay, StringComparer.Ordinal)];
    }

    private static bool IsTimed(CommitmentHistory commitment) =>
        commitment.Versions[0].Terms.Measure is CommitmentMeasure.ShareInTime or CommitmentMeasure.Percentile or CommitmentMeasure.Average;

    private static IEnumerable<ComputedMeasure> Timed(
        KnownDelegation delegation, CommitmentHistory commitment, Period period, ILookup<string, MeasuredItem>? items, DateOnly? coveredTo)
    {
        var kind = Indicators.KindOf(commitment.Versions[0].Terms.IndicatorCode);
        foreach (var tally in TimedMeasure.Of(commitment, period, kind is null ? [] : items![kind]))
        {
            var terms = tally.Part.Version.Terms;
            var measure = ComputedMeasure.Blank(delegation, commitment, period, tally.Part);
            (measure.Volume, measure.InTime, measure.Excluded, measure.NotTold, measure.Neutralised) =
                (tally.Volume, tally.InTime, tally.Excluded, tally.NotTold, tally.Neutralised);
            var why = kind is null ? Why.NoData : IsOfSomeProducts(terms) ? Why.ProductNotTold : !(coveredTo >= period.End) ? Why.PeriodNotCovered : Why.Unspecified;
            yield return new ComputedMeasure(ComputedMeasure.Judge(measure, terms, tally.Hundredths(new MeasuringClock(terms)), why), terms, tally.Late);
        }
    }

    private static async Task<ComputedMeasure> CountedAsync(
        TenantSession session,
        KnownDelegation delegation,
        CommitmentHistory commitment,
        Period period,
        MeasuredPart part,
        Dictionary<Period, Figures> known,
        DateOnly? coveredTo,
        CancellationToken cancellationToken)
    {
        var days = new Period(part.Start!.Value, part.End!.Value);
        if (!known.TryGetValue(days, out var figures))
            known.Add(days, figures = await session.CountFiguresAsync(delegation, days, cancellationToken));

        var terms = part.Version.Terms;
        var measure = ComputedMeasure.Blank(delegation, commitment, period, part);
        var quotient = Indicators.Of(terms, figures, days);
        (measure.Volume, measure.InTime) = (quotient?.Denominator ?? 0, quotient?.Numerator ?? 0);
        var why = quotient is null ? Why.NoData : IsOfSomeProducts(terms) ? Why.ProductNotTold
            : terms.IndicatorCode is "CALL_ANSWER_RATE" or "AUTOMATION_RATE" or "BACKLOG" or "COMPLAINT_RATE" && !(coveredTo >= days.End) ? Why.PeriodNotCovered
            : Why.Unspecified;
        return new ComputedMeasure(ComputedMeasure.Judge(measure, terms, quotient?.Hundredths, why), terms, []);
    }

    // The rate of commitments kept is measured of the measures themselves.
    private static List<ComputedMeasure> WithKeptRate(List<ComputedMeasure> measures)
    {
        var (kept, measured) = Weights(measures.Where(one => one.Measure.IndicatorCode != KeptRate).Select(one => one.Measure));
        return [.. measures.Select(one =>
        {
            if (one.Measure.IndicatorCode != KeptRate)
                return one;

            var quotient = Quotient.Of(one.Terms.Direction, kept, measured, 100_00);
            (one.Measure.Volume, one.Measure.InTime) = (measured, kept);
            return one with { Measure = ComputedMeasure.Judge(one.Measure, one.Terms, quotient.Hundredths, Why.Unspecified) };
        })];
    }

    /// <summary>The weights of the commitments that were kept, or missed within tolerance, and of all that could be measured.</summary>
    public static (long Kept, long Measured) Weights(IEnumerable<V1.CommitmentMeasure> measures)
    {
        var measured = measures.Where(measure => measure.Verdict != Verdict.NotMeasurable).ToArray();
        return (measured.Where(measure => measure.Verdict != Verdict.Breached).Sum(measure => (long)measure.Weight), measured.Sum(measure => (long)measure.Weight));
    }

    // Imports of operations tell neither product nor population.
    private static bool IsOfSomeProducts(CommitmentTerms terms) => terms.ProductCodes.Count > 0 || terms.PopulationCodes.Count > 0;
}
