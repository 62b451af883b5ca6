using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Client = Delegation.Journal.V1.Journal.JournalClient;

namespace Delegation.Persistence.PartyDirectory;

/// <summary>
/// Keeps this service's copy of who belongs to which organisation, of which delegations there are and of which audits are open, up to date
/// from the journal of Contracts, whose matter they are.
/// </summary>
internal sealed class DirectoryFollower(
    Client contracts, [FromKeyedServices(SystemSessions.ConnectionName)] NpgsqlDataSource dataSource, TimeProvider clock, ILogger<DirectoryFollower> logger)
    : JournalFollower("contracts.directory", contracts, dataSource, clock, logger)
{
    /// <inheritdoc/>
    protected override Task ApplyAsync(SealedEntry entry, SystemSession session, CancellationToken cancellationToken)
    {
        var told = entry.Entry;
        return told.EventAs<MembershipGranted>() is { } granted ? session.SaveMembershipAsync(told.OwnerId, told.Revision, granted, cancellationToken)
            : told.EventAs<MembershipEnded>() is { } left ? session.RemoveMembershipAsync(told.OwnerId, left, cancellationToken)
            : told.EventAs<DelegationOpened>() is { } opened ? session.SaveDelegationAsync(told, opened.Delegation.State, cancellationToken)
            : told.EventAs<ExitDelegationChanged>() is { } ended ? session.SaveDelegationAsync(told, ended.Delegation.State, cancellationToken)
            : told.EventAs<DelegationUpdated>() is { } updated ? session.SaveDelegationAsync(told, updated.Delegation.State, cancellationToken)
            : told.EventAs<AuditMissionOpened>() is { } mission ? session.SaveAuditAsync(told, mission, cancellationToken)
            : told.EventAs<AuditMissionClosed>() is not null ? session.RemoveAuditAsync(told.ObjectId, cancellationToken)
            : Task.CompletedTask;
    }
}
