using Delegation.Persistence.DueWork;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;

namespace Delegation.Reporting.Reports.Calendar;

/// <summary>The due day of a report is over and it is not published: a breach, which the journal tells and the insurer is to follow up.</summary>
internal sealed class ReportTurnsLate(TimeProvider clock) : IDueWork
{
    public const string WorkKind = "report.late";

    /// <inheritdoc/>
    public string Kind => WorkKind;

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        session.ActFor(item.OwnerId);
        if (await session.LockReportAsync(item.OwnerId, item.ObjectId, cancellationToken) is not { Version: 0, LateTime: null } report)
            return;

        var late = report with { LateTime = item.DueTime, Revision = report.Revision + 1 };
        await session.SaveReportAsync(late, cancellationToken);
        await session.AppendAsync(
            late.Delegation.Entry(ReportWork.ObjectType, late.Id, late.Revision, new ReportLate { Report = late.ToMessage(clock.GetUtcNow()) }), clock, cancellationToken);
        await session.KeepWorkAsync(late, [], clock, cancellationToken);
    }
}
