using Delegation.ServiceDefaults.Time;

namespace Delegation.Contracts.Annexes;

/// <summary>What days ask for: late from the day after the due day, a warning 30 days ahead of expiry, and expiry after the last day.</summary>
internal static class AnnexDeadlines
{
    private const int DaysAhead = 30;

    internal enum Step
    {
        Wait,
        Overdue,
        Warn,
        Expire,
    }

    /// <summary>The step that is due on a day in Paris.</summary>
    public static Step Due(AnnexRow annex, DateOnly today) => annex switch
    {
        { ExpireDay: { } end } when today > end => Step.Expire,
        { ExpireDay: { } end, WarnTime: null } when today >= end.AddDays(-DaysAhead) => Step.Warn,
        { ApprovedVersionId: null, OverdueTime: null } when today > annex.DueDay => Step.Overdue,
        _ => Step.Wait,
    };

    /// <summary>When to look again; null for never.</summary>
    public static DateTimeOffset? Next(AnnexRow annex) => annex switch
    {
        { ExpireDay: { } end, WarnTime: null } => ParisDays.StartOf(end.AddDays(-DaysAhead)),
        { ExpireDay: { } end } => ParisDays.EndOf(end),
        { ApprovedVersionId: null, OverdueTime: null } => ParisDays.EndOf(annex.DueDay),
        _ => null,
    };
}
