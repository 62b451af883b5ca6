using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Npgsql;
using Client = Delegation.Journal.V1.Journal.JournalClient;

namespace Delegation.ProjectDelivery.Escalations;

/// <summary>Keeps whom each side named to be called upon from the journal of Contracts, whose matter it is: reminders run without a caller who could ask.</summary>
internal sealed class ContactsFollower(
    Client contracts, [FromKeyedServices(SystemSessions.ConnectionName)] NpgsqlDataSource dataSource, TimeProvider clock, ILogger<ContactsFollower> logger)
    : JournalFollower("contracts.contacts", contracts, dataSource, clock, logger)
{
    private readonly TimeProvider _clock = clock;

    /// <inheritdoc/>
    protected override Task ApplyAsync(SealedEntry entry, SystemSession session, CancellationToken cancellationToken)
    {
        var told = entry.Entry;
        return told.EventAs<ContactsChanged>() is { } contacts ? session.SaveContactsAsync(told, contacts, _clock.GetUtcNow(), cancellationToken)
            : told.EventAs<MembershipEnded>() is { } ended ? session.RemoveContactAsync(told.OwnerId, ended.PersonId, cancellationToken)
            : Task.CompletedTask;
    }
}
