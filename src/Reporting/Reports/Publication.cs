using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Reporting.Reports;

/// <summary>What somebody wants to publish, read from the request, and whether it can be.</summary>
internal sealed record Publication(Guid DelegationId, Guid ReportId, DateOnly? ValuationDay, string Reason, string Etag)
{
    private const int LongestReason = 500;

    private static readonly FieldViolation InFuture = new(
        "valuation_day", "VALUATION_DAY_IN_FUTURE", new("This day is yet to come.", "Ce jour est encore à venir."), new("Choose today or an earlier day.", "Choisissez aujourd'hui ou un jour antérieur."));

    private static readonly FieldViolation BeforePeriodEnd = new(
        "valuation_day", "VALUATION_DAY_BEFORE_PERIOD_END", new("The period is not over on this day.", "La période n'est pas achevée ce jour-là."),
        new("Choose its last day or a later one.", "Choisissez son dernier jour ou un jour ultérieur."));

    private static readonly FieldViolation ReasonRequired = new(
        "reason", "REASON_REQUIRED", new("A restatement needs a reason.", "Une rectification doit être motivée."), new("Say what was put right.", "Indiquez ce qui a été corrigé."));

    private static readonly FieldViolation ReasonUnwanted = new(
        "reason", "REASON_UNWANTED", new("The first version restates nothing.", "La première version ne rectifie rien."), new("Leave the reason out.", "N'indiquez pas de motif."));

    public static Outcome<Publication> Read(PublishReportRequest request)
    {
        var violations = new List<FieldViolation>();
        var delegation = IdField.Read("delegation_id", request.DelegationId, violations);
        var report = IdField.Read("report_id", request.ReportId, violations);
        var day = DayField.ReadOptional("valuation_day", request.ValuationDay, violations);
        var reason = TextField.ReadText("reason", request.Reason, LongestReason, violations);
        return violations.Count > 0
            ? new Outcome<Publication>.Invalid(violations)
            : new Outcome<Publication>.Accepted(new Publication(delegation!.Value, report!.Value, day, reason!, request.Etag));
    }

    /// <summary>Null when a report can be published so on a day, and otherwise the outcome.</summary>
    public Outcome<T>? Refusal<T>(ReportRow row, DateOnly today)
    {
        if (row.PeriodEndDay >= today)
            return new Outcome<T>.Refused("PERIOD_NOT_OVER", new("The period of this report is not over.", "La période de ce reporting n'est pas achevée."));

        var violations = new List<FieldViolation>();
        if (ValuationDay > today)
            violations.Add(InFuture);
        else if (ValuationDay < row.PeriodEndDay)
            violations.Add(BeforePeriodEnd);
        if (row.Version > 0 && Reason.Length == 0)
            violations.Add(ReasonRequired);
        else if (row.Version == 0 && Reason.Length > 0)
            violations.Add(ReasonUnwanted);

        return violations.Count > 0 ? new Outcome<T>.Invalid(violations) : null;
    }

    /// <summary>The day as seen at which a report published today tells occurrences.</summary>
    public DateOnly SeenAt(DateOnly today) => ValuationDay ?? today;
}
