using System.Globalization;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Npgsql;
using Client = Delegation.Journal.V1.Journal.JournalClient;

namespace Delegation.ProjectDelivery.Packs;

/// <summary>Keeps what Reporting published, by hash, for the packs of meetings.</summary>
internal sealed class ReportFollower(
    Client reporting, [FromKeyedServices(SystemSessions.ConnectionName)] NpgsqlDataSource dataSource, TimeProvider clock, ILogger<ReportFollower> logger)
    : JournalFollower("reporting.documents", reporting, dataSource, clock, logger)
{
    /// <inheritdoc/>
    protected override Task ApplyAsync(SealedEntry entry, SystemSession session, CancellationToken cancellationToken)
    {
        var told = entry.Entry;
        if (told.EventAs<ReportPublished>() is not { } published)
            return Task.CompletedTask;

        var (report, version) = (published.Report, published.Version);
        var document = new DocumentRow(
            told.ObjectId, version.Version, "report", report.Title, Day(report.PeriodStartDay), Day(report.PeriodEndDay), version.Sha256, version.PublishTime.ToDateTime());
        return session.SaveDocumentAsync(new Parties(told.OwnerId, told.DelegationId!.Value, told.DelegateId!.Value), document, cancellationToken);
    }

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
