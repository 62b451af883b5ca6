using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Scoping.Items;
using Delegation.ServiceDefaults.Calendar;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.ProjectDelivery.SetUp;

/// <summary>The calendar that somebody sets for a report.</summary>
internal sealed record CalendarFields(DateOnly FirstPeriodDay, DueDayCounting Counting)
{
    private static readonly LocalizedText Choose = new(
        "Choose CALENDAR_DAYS, OUVRES or OUVRABLES.", "Choisissez CALENDAR_DAYS (jours calendaires), OUVRES (jours ouvrés) ou OUVRABLES (jours ouvrables).");

    /// <summary>Null with violations.</summary>
    public static CalendarFields? Read(SetReportCalendarRequest request, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        var day = DayField.Read("first_period_day", request.FirstPeriodDay, violations);
        if (!StoredNames.IsKnown(request.Counting))
            violations.Add(request.Counting == DueDayCounting.Unspecified
                ? new("counting", "COUNTING_REQUIRED", new("How days are counted is missing.", "Le mode de décompte des jours n'est pas renseigné."), Choose)
                : new("counting", "COUNTING_UNKNOWN", new("This way of counting is not known.", "Ce mode de décompte n'est pas connu."), Choose));

        return violations.Count > before ? null : new CalendarFields(day!.Value, request.Counting);
    }

    /// <summary>The violation where no period of the report begins on that day.</summary>
    public FieldViolation? BeginsAPeriodOf(ReportDefinitionRow report) => ReportPeriods.IsFirstDay(report.Periodicity, FirstPeriodDay)
        ? null
        : new FieldViolation(
            "first_period_day", "FIRST_PERIOD_DAY_NOT_FIRST",
            new("No period of this report begins on this day.", "Aucune période de ce reporting ne débute ce jour."),
            new("Give a Monday for a weekly report, or the first day of a month, quarter, half-year or year.",
                "Indiquez un lundi pour un reporting hebdomadaire, ou le premier jour d'un mois, trimestre, semestre ou d'une année."));
}
