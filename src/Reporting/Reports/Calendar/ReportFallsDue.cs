using Delegation.Persistence.DueWork;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Stored;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Reporting.Reports.Calendar;

/// <summary>A period is over: its report is to be published, by the due day of the contract's calendar.</summary>
internal sealed class ReportFallsDue(TimeProvider clock) : IDueWork
{
    public const string WorkKind = "report.due";

    /// <inheritdoc/>
    public string Kind => WorkKind;

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        session.ActFor(item.OwnerId);
        var now = clock.GetUtcNow();
        if (await session.LockCalendarAsync(item.OwnerId, item.ObjectId, cancellationToken) is not { Ended: false } calendar
            || !await session.IsOpenAsync(calendar, cancellationToken))
            return;

        // One period at a time: a calendar that begins long ago catches up in short transactions.
        if (ParisDays.EndOf(calendar.Next.Last) <= now)
        {
            await FallDueAsync(calendar, session, now, cancellationToken);
            calendar = calendar.AfterNext();
            await session.SaveCalendarAsync(calendar, cancellationToken);
        }

        await session.ScheduleAsync(WorkKind, item.OwnerId, item.ObjectId, ParisDays.EndOf(calendar.Next.Last), cancellationToken);
    }

    private async Task FallDueAsync(CalendarRow calendar, SystemSession session, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (first, last, due) = calendar.Next;
        var report = new ReportRow
        {
            OwnerId = calendar.OwnerId, DelegationId = calendar.DelegationId, DelegateId = calendar.DelegateId, Id = NewId.At(now), CalendarId = calendar.CalendarId,
            Kind = calendar.Kind, Title = calendar.Title, PeriodStartDay = first, PeriodEndDay = last, DueDay = due,
        };
        if (!await session.InsertReportAsync(report, cancellationToken))
            return;

        await session.AppendAsync(
            report.Delegation.Entry(ReportWork.ObjectType, report.Id, report.Revision, new ReportFellDue { Report = report.ToMessage(now) }), clock, cancellationToken);
        await session.KeepWorkAsync(report, [], clock, cancellationToken);
        await session.ScheduleAsync(ReportTurnsLate.WorkKind, report.OwnerId, report.Id, ParisDays.EndOf(due), cancellationToken);
    }
}
