using Delegation.Persistence.Stored;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Operations;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Calendar;
using Delegation.ServiceDefaults.Fields;
using Kind = Delegation.Reporting.V1.Operation.Types.Kind;

namespace Delegation.Reporting.Operational;

/// <summary>The figures of the operational report of a period, as they are known now.</summary>
internal static class OperationalFigures
{
    public static async Task<OperationalReport> ReportAsync(
        this TenantSession session, KnownDelegation delegation, Period period, CancellationToken cancellationToken)
    {
        var groups = await session.CountAsync(delegation, period, asOf: null, cancellationToken);
        var (total, kinds) = Counting.Count(groups);
        var measures = await session.MeasuresAsync(delegation, period, groups[0].CoveredToDay, cancellationToken);
        var (kept, measured) = PeriodMeasures.Weights(measures);
        var report = new OperationalReport
        {
            DelegationId = delegation.DelegationId.ToString(),
            PeriodStartDay = DayField.Write(period.Start),
            PeriodEndDay = DayField.Write(period.End),
            Total = total,
            Kinds = { kinds },
            StockAges = { AgesOf(await session.CountStockDaysAsync(delegation, period.End, cancellationToken), period.End) },
            Measures = { measures },
            KeptWeight = kept,
            MeasuredWeight = measured,
            CoveredToDay = DayField.Write(groups[0].CoveredToDay),
        };
        Fill(report, await session.CountFiguresAsync(delegation, period, cancellationToken));
        return report;
    }

    // What was recorded stands; the rest is computed.
    private static async Task<IEnumerable<CommitmentMeasure>> MeasuresAsync(
        this TenantSession session, KnownDelegation delegation, Period period, DateOnly? coveredTo, CancellationToken cancellationToken)
    {
        var recorded = (await session.ListLatestAsync(delegation, period, cancellationToken))
            .Select(row => row.ToMessage()).ToLookup(measure => (measure.CommitmentId, measure.PeriodStartDay, measure.PeriodEndDay));
        var computed = await session.ComputeAsync(delegation, period, coveredTo, cancellationToken);
        return computed.Select(one => one.Measure)
            .Where(measure => !recorded.Contains((measure.CommitmentId, measure.PeriodStartDay, measure.PeriodEndDay)))
            .Concat(recorded.SelectMany(measures => measures))
            .OrderBy(measure => measure.CommitmentId, StringComparer.Ordinal).ThenBy(measure => measure.PeriodEndDay, StringComparer.Ordinal)
            .ToArray();
    }

    /// <summary>Stock by working days since receipt.</summary>
    public static IEnumerable<StockAge> AgesOf(IEnumerable<StockDay> stock, DateOnly day) => stock
        .GroupBy(one => StoredNames.Read<Kind>(one.Kind))
        .OrderBy(kind => kind.Key)
        .Select(kind => kind.Aggregate(new StockAge { Kind = kind.Key }, (ages, one) =>
        {
            var age = BusinessCalendar.Ouvres.CountAfter(one.ReceiveDay, day);
            if (age < 5)
                ages.Below5 += one.Operations;
            else if (age <= 10)
                ages.From5To10 += one.Operations;
            else
                ages.Above10 += one.Operations;

            return ages;
        }));

    private static void Fill(OperationalReport report, Figures figures)
    {
        report.Telephone = new TelephoneFigures
        {
            Offered = figures.CallsOffered,
            Answered = figures.CallsAnswered,
            Abandoned = figures.CallsAbandoned,
            Timed = figures.CallsTimed,
            WaitSeconds = figures.WaitSeconds,
        };
        report.Complaints = new ComplaintFigures
        {
            Received = figures.ComplaintsReceived,
            Closed = figures.ComplaintsClosed,
            Acknowledged = figures.ComplaintsAcknowledged,
            Insured = figures.Insured,
        };
        report.Quality = new QualityFigures
        {
            Checked = figures.Checked,
            Erroneous = figures.Erroneous,
            AmountMinorUnits = figures.CheckedCents,
            DeviationMinorUnits = figures.DeviationCents,
            ClaimsTold = figures.ClaimsTold,
            ClaimsAutomated = figures.ClaimsAutomated,
        };
        var byNoemie = report.Kinds.SingleOrDefault(kind => kind.Kind == Kind.ClaimNoemie)?.Processed ?? 0;
        report.Noemie = new NoemieFigures
        {
            LinksActive = figures.LinksActive,
            Links = figures.Links,
            ClaimsByNoemie = byNoemie,
            Claims = byNoemie + (report.Kinds.SingleOrDefault(kind => kind.Kind == Kind.ClaimOther)?.Processed ?? 0),
        };
    }
}
