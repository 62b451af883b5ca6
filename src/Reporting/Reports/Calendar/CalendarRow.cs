using Delegation.Delivery.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Stored;
using Delegation.ServiceDefaults.Calendar;

namespace Delegation.Reporting.Reports.Calendar;

/// <summary>When a report is due, as the table <c>report_calendar</c> has it.</summary>
internal sealed record CalendarRow
{
    public required Guid OwnerId { get; init; }

    public required Guid DelegationId { get; init; }

    public required Guid DelegateId { get; init; }

    public required Guid CalendarId { get; init; }

    public required Guid ProjectId { get; init; }

    public required string Kind { get; init; }

    public required string Title { get; init; }

    public required string Periodicity { get; init; }

    public required int DueDays { get; init; }

    public required string Counting { get; init; }

    /// <summary>First day of the first period of which no report fell due yet.</summary>
    public required DateOnly NextPeriodDay { get; init; }

    public bool Ended { get; init; }

    /// <summary>The next period with its due day.</summary>
    public (DateOnly First, DateOnly Last, DateOnly Due) Next => Periods.From(DateOnly.MinValue).First();

    /// <summary>After a report of the next period fell due.</summary>
    public CalendarRow AfterNext() => this with { NextPeriodDay = Next.Last.AddDays(1) };

    /// <summary>A report of a catalogue to which both sides agreed on a day.</summary>
    public static CalendarRow Of(JournalEntry told, ReportCatalogue catalogue, CatalogueReport report, DateOnly agreed)
    {
        var row = new CalendarRow
        {
            OwnerId = told.OwnerId,
            DelegationId = told.DelegationId!.Value,
            DelegateId = told.DelegateId!.Value,
            CalendarId = Guid.Parse(report.ReportId),
            ProjectId = Guid.Parse(catalogue.ProjectId),
            Kind = report.Kind.Stored(),
            Title = report.Title,
            Periodicity = report.Periodicity.Stored(),
            DueDays = report.DueDays,
            Counting = report.Counting.Stored(),
            NextPeriodDay = DateOnly.ParseExact(report.FirstPeriodDay, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        };

        // What was due before anybody agreed to it is no obligation.
        return row with { NextPeriodDay = row.Periods.From(agreed).First().First };
    }

    /// <summary>The same where reports up to a day fell due by an earlier catalogue: no period is reported twice.</summary>
    public CalendarRow NotBefore(DateOnly day) => this with { NextPeriodDay = Periods.From(DateOnly.MinValue).First(period => period.First >= day).First };

    private ReportPeriods Periods => new(Periodicity, DueDays, NextPeriodDay, Counting);
}
