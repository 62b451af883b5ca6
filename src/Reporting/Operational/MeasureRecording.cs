using Delegation.Persistence.Stored;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using State = Delegation.Reporting.V1.CommitmentMeasure.Types.State;

namespace Delegation.Reporting.Operational;

/// <summary>Computes and records the measures of a period. Recording again changes nothing unless other operations are known since.</summary>
internal sealed class MeasureRecording(MonthlyMeasures monthly, TimeProvider clock)
{
    private static readonly LocalizedText NotOver = new(
        "The last day of the period is not over: its measures cannot be told yet.", "Le dernier jour de la période n'est pas écoulé : ses mesures ne peuvent pas encore être établies.");

    public async Task<Outcome<RecordMeasuresResponse>> RecordAsync(TenantSession session, RecordMeasuresRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("delegation_id", request.DelegationId, violations);
        var days = Period.Read(request.PeriodStartDay, request.PeriodEndDay, violations);
        if (violations.Count > 0)
            return new Outcome<RecordMeasuresResponse>.Invalid(violations);

        return await (await session.FindDelegationAsync(id!.Value, cancellationToken)).ThenAsync(async delegation =>
            delegation.Closed<RecordMeasuresResponse>()
            ?? (ParisDays.EndOf(days!.End) > clock.GetUtcNow()
                ? new Outcome<RecordMeasuresResponse>.Refused("PERIOD_NOT_OVER", NotOver)
                : new Outcome<RecordMeasuresResponse>.Accepted(await RecordAsync(session, delegation, days, cancellationToken))));
    }

    /// <summary>The measures of a period that is over, as they stand once they are recorded.</summary>
    public async Task<RecordMeasuresResponse> RecordAsync(TenantSession session, KnownDelegation delegation, Period days, CancellationToken cancellationToken)
    {
        await session.LockMeasuresAsync(delegation, cancellationToken);
        var covered = await session.FindCoveredDayAsync(delegation, cancellationToken);
        var computed = await session.ComputeAsync(delegation, days, covered, cancellationToken);
        var before = (await session.ListLatestAsync(delegation, days, cancellationToken)).ToDictionary(row => (row.CommitmentId, row.PeriodStartDay, row.PeriodEndDay, row.Part));

        var response = new RecordMeasuresResponse();
        foreach (var period in computed.GroupBy(one => (one.Measure.CommitmentId, one.Measure.PeriodStartDay, one.Measure.PeriodEndDay)))
            foreach (var (part, one) in period.Index())
            {
                var row = NewRow(one, part);
                before.Remove((row.CommitmentId, row.PeriodStartDay, row.PeriodEndDay, part), out var former);
                if (former is not null && (former.IsFrozen || former.Says(one.Measure)))
                {
                    response.Unchanged++;
                    response.Measures.Add(former.ToMessage());
                    continue;
                }

                await SupersedeAsync(session, delegation, former, cancellationToken);
                row = row with { Number = (former?.Number ?? 0) + 1 };
                response.Recorded++;
                response.Measures.Add(await SaveAsync(session, delegation, row, one, days, cancellationToken));
            }

        // Parts that are no more since a version or a neutralised period changed what a period is cut into.
        foreach (var gone in before.Values.Where(row => !row.IsFrozen))
            await SupersedeAsync(session, delegation, gone, cancellationToken);

        await monthly.RecordedAsync(session, delegation, days, cancellationToken);
        return response;
    }

    private async Task<CommitmentMeasure> SaveAsync(
        TenantSession session, KnownDelegation delegation, MeasureRow row, ComputedMeasure one, Period days, CancellationToken cancellationToken)
    {
        await session.InsertMeasureAsync(delegation, row, cancellationToken);
        if (one.Late.Count > 0)
            await session.InsertLateAsync(delegation, row.Id, one.Late, cancellationToken);

        var told = row.ToMessage();
        await session.TellAsync(delegation, row, MeasureJournal.Happened(told, days), clock, cancellationToken);
        if (told.Penalty is not null)
            await session.KeepPenaltyAsync(delegation, row, clock, cancellationToken);

        return told;
    }

    private async Task SupersedeAsync(TenantSession session, KnownDelegation delegation, MeasureRow? former, CancellationToken cancellationToken)
    {
        if (former is null)
            return;

        var superseded = former.Superseded();
        await session.UpdateMeasureAsync(delegation, superseded, cancellationToken);
        await session.TellAsync(delegation, superseded, new MeasureSuperseded { Measure = superseded.ToMessage() }, clock, cancellationToken);
        await session.KeepPenaltyAsync(delegation, superseded, clock, cancellationToken);
    }

    private MeasureRow NewRow(ComputedMeasure one, int part)
    {
        var now = clock.GetUtcNow();
        var recorded = one.Measure.Clone();
        recorded.State = State.Recorded;
        return new MeasureRow(
            NewId.At(now),
            Guid.Parse(one.Measure.CommitmentId),
            Guid.Parse(one.Measure.CommitmentVersionId),
            Day(one.Measure.PeriodStartDay),
            Day(one.Measure.PeriodEndDay),
            part,
            Number: 1,
            IsLatest: true,
            JsonFormatter.Default.Format(recorded),
            now.InMicroseconds(),
            Revision: 1);
    }

    private static DateOnly Day(string text) => DayField.Read("", text, new List<FieldViolation>())!.Value;
}
