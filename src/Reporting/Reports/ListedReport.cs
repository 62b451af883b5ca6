using Delegation.Persistence.Paging;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Reporting.Reports;

/// <summary>A delegation with one of its reports, or with none.</summary>
internal sealed record ListedReport(
    Guid DelegationId,
    string State,
    Guid? ReportId,
    string? Kind,
    DateOnly? PeriodStartDay,
    DateOnly? PeriodEndDay,
    DateOnly? DueDay,
    DateTime? PublishTime,
    int? Version)
{
    public bool IsOpen => State == "open";

    /// <summary>Its place among those of its delegation.</summary>
    public PageKey PageKey => new(PeriodEndDay!.Value.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), ReportId!.Value);

    /// <summary>The report as it is at an instant; null for a delegation without any.</summary>
    public Report? ToMessage(DateTimeOffset now) => ReportId is not { } id || DueDay is not { } dueDay ? null : new Report
    {
        Id = id.ToString(),
        Kind = Kind == "technical" ? Report.Types.Kind.Technical : Report.Types.Kind.Operational,
        PeriodStartDay = DayField.Write(PeriodStartDay),
        PeriodEndDay = DayField.Write(PeriodEndDay),
        DueDay = DayField.Write(dueDay),
        State = PublishTime is null ? Report.Types.State.Due : Report.Types.State.Published,
        PublishTime = PublishTime is { } time ? Timestamp.FromDateTime(time) : null,
        Late = IsLate(dueDay, PublishTime, now),
        VersionCount = Version ?? 0,
    };

    /// <summary>A report that is not published is late from the end of its due day in Paris on.</summary>
    public static bool IsLate(DateOnly dueDay, DateTime? publishTime, DateTimeOffset now) => publishTime is null && ParisDays.EndOf(dueDay) <= now;
}
