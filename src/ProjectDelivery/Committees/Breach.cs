using System.Globalization;
using Delegation.Delivery.V1;
using Delegation.Persistence.Journal;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>Something that was not kept, as Reporting told it: a commitment that was missed beyond its tolerance, or a report that came late.</summary>
/// <param name="Title">What it is, on an agenda.</param>
/// <param name="Start">First day of the period that it belongs to.</param>
/// <param name="End">Last day of that period: the breaches of one period are one piece of news.</param>
/// <param name="Reason">Why a cadence tightens with it.</param>
internal sealed record Breach(LocalizedText Title, DateOnly? Start, DateOnly? End, CadenceReason Reason)
{
    /// <summary>
    /// The breach that an entry of Reporting tells; null when it tells none. A report that was late says so once it is published too: it may have been published
    /// before anybody noticed, and an agenda tells when it came.
    /// </summary>
    public static Breach? Of(JournalEntry told) =>
        told.EventAs<CommitmentBreached>() is { } breached
            ? new Breach(TitleOf(breached.Measure), Day(breached.RecordedStartDay), Day(breached.RecordedEndDay), CadenceReason.BreachBeyondTolerance)
        : (told.EventAs<ReportLate>()?.Report ?? told.EventAs<ReportPublished>()?.Report) is { LateTime: not null } report
            ? new Breach(TitleOf(report), Day(report.PeriodStartDay), Day(report.PeriodEndDay), CadenceReason.ReportLate)
        : null;

    private static LocalizedText TitleOf(CommitmentMeasure measure)
    {
        var (measured, target) = (Written(measure.MeasuredHundredths), Written(measure.TargetHundredths));
        return new(
            $"{measure.Title}, {measure.PeriodStartDay} – {measure.PeriodEndDay}: {measured} for a target of {target}",
            $"{measure.Title}, {measure.PeriodStartDay} – {measure.PeriodEndDay} : {measured.Replace('.', ',')} pour un objectif de {target.Replace('.', ',')}");
    }

    private static LocalizedText TitleOf(Report report)
    {
        var named = $"{report.Title}, {report.PeriodStartDay} – {report.PeriodEndDay}";
        if (report.PublishTime is null)
            return new($"{named}: due on {report.DueDay}, not published", $"{named} : attendu le {report.DueDay}, non publié");

        var day = DayField.Write(ParisDays.DayAt(report.PublishTime.ToDateTimeOffset()));
        return new($"{named}: due on {report.DueDay}, published on {day}", $"{named} : attendu le {report.DueDay}, publié le {day}");
    }

    private static string Written(long hundredths) => (hundredths / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    private static DateOnly? Day(string text) => DayField.ReadOptional("", text, new List<FieldViolation>());
}
