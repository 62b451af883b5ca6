using Delegation.Persistence.DueWork;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;

namespace Delegation.Reporting.Imports;

/// <summary>An announced import whose file does not come is given up.</summary>
internal sealed class ImportExpiry(TimeProvider clock) : IDueWork
{
    public const string WorkKind = "import.expiry";

    /// <inheritdoc/>
    public string Kind => WorkKind;

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        session.ActFor(item.OwnerId);
        if (await session.LockWaitingAsync(item.OwnerId, item.ObjectId, cancellationToken) is not { } import)
            return;

        var expired = import with { State = ImportRow.Expired, Revision = import.Revision + 1 };
        await session.SaveImportAsync(expired, cancellationToken);
        await session.AppendAsync(
            expired.Delegation.Entry(ImportJournal.ObjectType, expired.Id, expired.Revision, new ImportExpired { Import = expired.ToMessage() }), clock, cancellationToken);
    }
}
