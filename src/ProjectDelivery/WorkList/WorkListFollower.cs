using Delegation.Contracts.V1;
using Delegation.Journal.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Npgsql;
using State = Delegation.Contracts.V1.Delegation.Types.State;
using Client = Delegation.Journal.V1.Journal.JournalClient;

namespace Delegation.ProjectDelivery.WorkList;

/// <summary>Keeps work lists from the journal of one service: what its rules open and close.</summary>
internal sealed class WorkListFollower(
    Client source,
    string service,
    [FromKeyedServices(SystemSessions.ConnectionName)] NpgsqlDataSource dataSource,
    TimeProvider clock,
    ILogger<WorkListFollower> logger) : JournalFollower($"{service}.work", source, dataSource, clock, logger)
{
    /// <inheritdoc/>
    protected override Task ApplyAsync(SealedEntry entry, SystemSession session, CancellationToken cancellationToken) =>
        entry.Entry.EventAs<WorkItemOpened>() is { } opened ? session.SaveWorkItemAsync(entry.Entry, opened.WorkItem, cancellationToken)
        : entry.Entry.EventAs<WorkItemClosed>() is { } closed ? session.RemoveWorkItemAsync(entry.Entry, Guid.Parse(closed.WorkItemId), cancellationToken)
        : entry.Entry.EventAs<ExitDelegationChanged>() is { Delegation.State: State.Closed } ? session.RemoveWorkOfAsync(entry.Entry, cancellationToken)
        : Task.CompletedTask;
}
