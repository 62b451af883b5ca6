using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Fields;
using Delegation.Watch.V1;
using Npgsql;
using Client = Delegation.Journal.V1.Journal.JournalClient;

namespace Delegation.ProjectDelivery.Packs;

/// <summary>Keeps the bulletins that Watch published, by hash, for the packs of meetings in all delegations that they are for.</summary>
internal sealed class BulletinFollower(
    Client watch, [FromKeyedServices(SystemSessions.ConnectionName)] NpgsqlDataSource dataSource, TimeProvider clock, ILogger<BulletinFollower> logger)
    : JournalFollower("watch.documents", watch, dataSource, clock, logger)
{
    /// <inheritdoc/>
    protected override async Task ApplyAsync(SealedEntry entry, SystemSession session, CancellationToken cancellationToken)
    {
        var told = entry.Entry;
        if (told.EventAs<BulletinPublished>()?.Bulletin is not { } bulletin)
            return;

        // Each version is a bulletin of its own, which names the one before.
        var document = new DocumentRow(
            told.ObjectId, bulletin.Version, "bulletin", bulletin.Title, Day(bulletin.PeriodStartDay), Day(bulletin.PeriodEndDay), bulletin.PdfSha256, bulletin.PublishTime.ToDateTime())
        {
            ReplacesDocumentId = bulletin.ReplacesBulletinId.Length > 0 ? Guid.Parse(bulletin.ReplacesBulletinId) : null,
        };
        foreach (var delegation in bulletin.DelegationIds)
            await session.SaveDocumentAsync(new Parties(told.OwnerId, Guid.Parse(delegation), told.DelegateId!.Value), document, cancellationToken);
    }

    // Watch checked the days before it told them.
    private static DateOnly Day(string day) => DayField.Read("", day, new List<ServiceDefaults.Errors.FieldViolation>())!.Value;
}
