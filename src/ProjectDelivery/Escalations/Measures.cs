using Delegation.Delivery.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;
using Period = Delegation.Delivery.V1.GetEscalationMeasuresRequest.Types.Period;

namespace Delegation.ProjectDelivery.Escalations;

/// <summary>Which days are measured, and in which periods.</summary>
internal sealed record MeasuresAsked(string Unit, DateOnly First, DateOnly Last)
{
    /// <summary>Null with violations.</summary>
    public static MeasuresAsked? Read(GetEscalationMeasuresRequest request, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        if (!Enum.IsDefined(request.Period))
            violations.Add(new(
                "period", "PERIOD_UNKNOWN", new("This period is not known.", "Cette période n'est pas connue."),
                new("Choose MONTH, QUARTER or YEAR, or nothing for months.", "Choisissez MONTH, QUARTER ou YEAR, ou rien pour des mois.")));
        var first = DayField.Read("start_day", request.StartDay, violations);
        var last = DayField.Read("end_day", request.EndDay, violations);
        if (last < first)
            violations.Add(new(
                "end_day", "END_BEFORE_START", new("The last day comes before the first.", "Le dernier jour précède le premier."),
                new("Give a last day that comes later.", "Indiquez un dernier jour postérieur.")));
        else if (last > first?.AddYears(5))
            violations.Add(new(
                "end_day", "END_TOO_FAR", new("These are more than five years.", "Cela fait plus de cinq ans."),
                new("Ask for five years at a time.", "Demandez cinq ans à la fois.")));

        return violations.Count > before ? null : new MeasuresAsked(
            request.Period switch { Period.Quarter => "quarter", Period.Year => "year", _ => "month" }, first!.Value, last!.Value);
    }

    public EscalationMeasures ToMessage(IReadOnlyList<MeasureRow> rows) => new()
    {
        Periods = { rows.Where(row => row.StartDay is not null).Select(row => row.ToMessage(Later(row.StartDay!.Value, First), Earlier(EndOf(row.StartDay!.Value), Last))) },
        Total = rows.Single(row => row.StartDay is null).ToMessage(First, Last),
    };

    private DateOnly EndOf(DateOnly start) => start.AddMonths(Unit switch { "year" => 12, "quarter" => 3, _ => 1 }).AddDays(-1);

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
}

/// <summary>The measures of one period; of all of them together where it has no first day.</summary>
internal sealed record MeasureRow(
    DateOnly? StartDay,
    int Raised,
    int RaisedByInsurer,
    double? SurfaceMedian,
    double? SurfaceNinthDecile,
    int BeforeCommittee,
    int Acknowledged,
    int AcknowledgedInTime,
    double? AcknowledgeMedian,
    double? AcknowledgeNinthDecile,
    int Closed)
{
    public EscalationMeasure ToMessage(DateOnly first, DateOnly last)
    {
        var measure = new EscalationMeasure
        {
            StartDay = DayField.Write(first),
            EndDay = DayField.Write(last),
            Raised = Raised,
            RaisedByInsurer = RaisedByInsurer,
            BeforeCommittee = BeforeCommittee,
            Acknowledged = Acknowledged,
            AcknowledgedInTime = AcknowledgedInTime,
            Closed = Closed,
        };
        if (Raised > 0)
            (measure.SurfaceMedian, measure.SurfaceNinthDecile, measure.BeforeCommitteeShare) = (SurfaceMedian!.Value, SurfaceNinthDecile!.Value, (double)BeforeCommittee / Raised);
        if (Acknowledged > 0)
            (measure.AcknowledgeMedian, measure.AcknowledgeNinthDecile) = (AcknowledgeMedian!.Value, AcknowledgeNinthDecile!.Value);

        return measure;
    }
}

/// <summary>Measures escalations in the database: one statement.</summary>
internal static class Measuring
{
    /// <summary>The earliest period first, and all days together last.</summary>
    public static Task<IReadOnlyList<MeasureRow>> MeasureAsync(
        this TenantSession session, Parties parties, MeasuresAsked asked, CancellationToken cancellationToken) =>
        session.QueryAsync<MeasureRow>(
            """
            SELECT start_day AS startday, count(*)::integer AS raised, count(*) FILTER (WHERE side = 'insurer')::integer AS raisedbyinsurer,
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY surface_minutes) AS surfacemedian,
                   percentile_cont(0.9) WITHIN GROUP (ORDER BY surface_minutes) AS surfaceninthdecile,
                   count(*) FILTER (WHERE before_committee)::integer AS beforecommittee,
                   count(acknowledge_time)::integer AS acknowledged,
                   count(*) FILTER (WHERE acknowledge_time <= due_time)::integer AS acknowledgedintime,
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY acknowledge_minutes) AS acknowledgemedian,
                   percentile_cont(0.9) WITHIN GROUP (ORDER BY acknowledge_minutes) AS acknowledgeninthdecile,
                   count(close_time)::integer AS closed
            FROM (
                SELECT e.*, date_trunc(@Unit, e.raise_time AT TIME ZONE 'Europe/Paris')::date AS start_day, NOT EXISTS (
                    SELECT FROM meeting m
                    WHERE m.owner_id = e.owner_id AND m.delegation_id = e.delegation_id AND m.state <> 'cancelled'
                      AND m.start_time > e.notice_time AND m.start_time <= e.raise_time) AS before_committee
                FROM escalation e
                WHERE e.owner_id = @OwnerId AND e.delegation_id = @DelegationId AND e.raise_time >= @from AND e.raise_time < @to) e
            GROUP BY GROUPING SETS ((start_day), ())
            ORDER BY start_day NULLS LAST
            """,
            new
            {
                parties.OwnerId, parties.DelegationId, asked.Unit, from = ParisDays.StartOf(asked.First).UtcDateTime, to = ParisDays.EndOf(asked.Last).UtcDateTime,
            },
            cancellationToken);
}
