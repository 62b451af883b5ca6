using Delegation.Access.V1;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Reporting.Reports;

/// <summary>Whom reports wait for.</summary>
internal static class ReportWork
{
    public const string ObjectType = "report";

    private const int DaysToAnswer = 10;

    private static readonly Role[] Roles = [Role.Reporting, Role.DelegationManager];

    /// <summary>
    /// Keeps both sides' work lists in step with a report: to publish until it is published, to chase while it is late, to accept or dispute once
    /// it is, and to resolve what is disputed, which takes both sides.
    /// </summary>
    public static async Task KeepWorkAsync(
        this DatabaseSession session, ReportRow row, IReadOnlyList<DisputeRow> disputes, TimeProvider clock, CancellationToken cancellationToken)
    {
        var open = disputes.Where(dispute => dispute.ResolveTime is null).ToArray();
        await KeepAsync("report.publish", Side.Delegate, row.Version == 0, new($"Publish {Named(row)}", $"Publier {Named(row)}"), row.DueDay);
        await KeepAsync(
            "report.late", Side.Insurer, row is { Version: 0, LateTime: not null },
            new($"{Named(row)} is late since {row.DueDay:yyyy-MM-dd}", $"{Named(row)} est en retard depuis le {row.DueDay:dd/MM/yyyy}"), row.DueDay);
        await KeepAsync(
            "report.accept", Side.Insurer, row.Acceptance == ReportRow.Waiting,
            new($"Accept or dispute {Named(row)}, version {row.Version}", $"Accepter ou contester {Named(row)}, version {row.Version}"), AnswerDay());
        foreach (var side in new[] { Side.Insurer, Side.Delegate })
            await KeepAsync(
                "report.resolve", side, open.Length > 0,
                new($"Resolve {open.Length} disputed figures of {Named(row)}", $"Régler {open.Length} chiffres contestés de {Named(row)}"), AnswerDay());

        Task KeepAsync(string kind, Side side, bool waits, LocalizedText title, DateOnly due)
        {
            var key = new WorkItemKey(kind, ObjectType, row.Id, side);
            return waits
                ? session.OpenWorkItemAsync(new OpenWork(key, row.OwnerId, row.DelegationId, row.DelegateId, title) { Roles = Roles, DueDay = due }, clock, cancellationToken)
                : session.CloseWorkItemAsync(key, clock, cancellationToken);
        }

        DateOnly AnswerDay() => ParisDays.DayAt(clock.GetUtcNow()).AddDays(DaysToAnswer);
    }

    private static string Named(ReportRow row) => $"{row.Title} {row.PeriodStartDay:yyyy-MM-dd} – {row.PeriodEndDay:yyyy-MM-dd}";
}
