using Delegation.Delivery.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Time;
using Npgsql;
using Client = Delegation.Journal.V1.Journal.JournalClient;

namespace Delegation.Reporting.Reports.Calendar;

/// <summary>Takes over the report catalogues to which both sides of a project agreed: from then on their reports fall due here.</summary>
internal sealed class CatalogueFollower(
    Client delivery, [FromKeyedServices(SystemSessions.ConnectionName)] NpgsqlDataSource dataSource, TimeProvider clock, ILogger<CatalogueFollower> logger)
    : JournalFollower("delivery.catalogues", delivery, dataSource, clock, logger)
{
    /// <inheritdoc/>
    protected override Task ApplyAsync(SealedEntry entry, SystemSession session, CancellationToken cancellationToken) =>
        entry.Entry.EventAs<ReportCatalogueAgreed>() is { Catalogue: { State: ReportCatalogue.Types.State.Agreed } catalogue }
            ? TakeOverAsync(entry.Entry, catalogue, session, cancellationToken)
            : Task.CompletedTask;

    private static async Task TakeOverAsync(JournalEntry told, ReportCatalogue catalogue, SystemSession session, CancellationToken cancellationToken)
    {
        var agreed = ParisDays.DayAt(told.OccurTime);
        var before = (await session.LockCalendarsAsync(told.OwnerId, told.DelegationId!.Value, Guid.Parse(catalogue.ProjectId), cancellationToken))
            .ToDictionary(calendar => calendar.CalendarId);

        // Entries from before this field was there have no kind.
        foreach (var report in catalogue.Reports.Where(report => report.Kind != ReportKind.Unspecified))
        {
            var calendar = CalendarRow.Of(told, catalogue, report, agreed);
            if (before.Remove(calendar.CalendarId, out var earlier))
                calendar = calendar.NotBefore(earlier.NextPeriodDay);

            await session.SaveCalendarAsync(calendar, cancellationToken);
            await session.ScheduleAsync(ReportFallsDue.WorkKind, calendar.OwnerId, calendar.CalendarId, ParisDays.EndOf(calendar.Next.Last), cancellationToken);
        }

        foreach (var gone in before.Values)
            await session.SaveCalendarAsync(gone with { Ended = true }, cancellationToken);
    }
}
