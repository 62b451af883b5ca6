using Delegation.Contracts.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Time;
using State = Delegation.Contracts.V1.YearlyReport.Types.State;

namespace Delegation.Contracts.YearlyReports;

/// <summary>When a year is over its report is expected, as long as the delegation goes on.</summary>
internal sealed class YearlyReportYears(TimeProvider clock) : IDueWork
{
    public const string WorkKind = "yearly_report.year";

    /// <inheritdoc/>
    public string Kind => WorkKind;

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        if (await session.LockTermsAsync(item.OwnerId, item.ObjectId, cancellationToken) is not { } former)
            return;

        session.ActFor(former.OwnerId);
        var (terms, expected) = await session.ExpectAsync(former, clock, cancellationToken);
        await session.SaveNextYearAsync(terms, cancellationToken);
        foreach (var report in expected)
            await session.ScheduleAsync(YearlyReportDays.WorkKind, report.OwnerId, report.Id, ParisDays.EndOf(report.DueDay), cancellationToken);
        await session.ScheduleAsync(Kind, terms.OwnerId, terms.DelegationId, ParisDays.StartOf(terms.NextDay), cancellationToken);
    }
}

/// <summary>No report is late silently.</summary>
internal sealed class YearlyReportDays(TimeProvider clock) : IDueWork
{
    public const string WorkKind = "yearly_report.day";

    /// <inheritdoc/>
    public string Kind => WorkKind;

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        if (await session.LockReportAsync(item.OwnerId, item.ObjectId, cancellationToken) is not { } row || row.Read() is not { State: State.Expected, Late: false })
            return;

        if (clock.GetUtcNow() < ParisDays.EndOf(row.DueDay))
        {
            await session.ScheduleAsync(Kind, row.OwnerId, row.Id, ParisDays.EndOf(row.DueDay), cancellationToken);
            return;
        }

        session.ActFor(row.OwnerId);
        var late = row.With(new YearlyReport(row.Read()) { Late = true });
        await session.SaveReportAsync(late, cancellationToken);
        await session.AppendReportAsync(late, new YearlyReportOverdue { Report = late.ToMessage([]) }, clock, cancellationToken);
    }
}
