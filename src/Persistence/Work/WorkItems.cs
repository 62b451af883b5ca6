using Delegation.Journal.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;

namespace Delegation.Persistence.Work;

/// <summary>
/// Opens and closes what waits for somebody, in the transaction of the command or due work that makes it so. The journal is the state: an
/// item is open when the latest entry about it says so. Call it after the object was locked, like <see cref="JournalWriter.AppendAsync"/>.
/// </summary>
public static class WorkItems
{
    /// <summary>The type of the objects in journal entries about work items.</summary>
    public const string ObjectType = "work_item";

    /// <summary>Opens a work item, or changes it where it is open; nothing happens when it is open exactly so.</summary>
    public static async Task OpenWorkItemAsync(this DatabaseSession session, OpenWork work, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);

        var last = await session.LastEntryAsync(work.Key, cancellationToken);
        var opened = new WorkItemOpened { WorkItem = work.ToMessage() };
        if (last is { IsOpening: true } && opened.Equals(WorkItemOpened.Parser.ParseFrom(last.Payload)))
            return;

        var entry = new JournalEvent(
            work.OwnerId, work.DelegationId, work.DelegateId, work.Visibility, ObjectType, work.Key.Id, 1 + (last?.Revision ?? 0), opened);
        await session.AppendAsync(entry, clock, cancellationToken);
    }

    /// <summary>Closes a work item; nothing happens when it is not open.</summary>
    public static async Task CloseWorkItemAsync(this DatabaseSession session, WorkItemKey key, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);

        if (await session.LastEntryAsync(key, cancellationToken) is not { IsOpening: true } last)
            return;

        var closed = new WorkItemClosed { WorkItemId = key.Id.ToString() };
        var entry = new JournalEvent(
            last.OwnerId, last.DelegationId, last.DelegateId, Visibilities.Named(last.Visibility), ObjectType, key.Id, last.Revision + 1, closed);
        await session.AppendAsync(entry, clock, cancellationToken);
    }

    private static async Task<LastEntry?> LastEntryAsync(this DatabaseSession session, WorkItemKey key, CancellationToken cancellationToken)
    {
        await session.SendLaterAsync(cancellationToken); // entries of this transaction count
        return await session.FindAsync<LastEntry>(
            """
            SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, visibility, revision, event_type AS eventtype, payload
            FROM work_item_entry(@Id)
            """,
            new { key.Id },
            cancellationToken);
    }

    private sealed record LastEntry(Guid OwnerId, Guid DelegationId, Guid DelegateId, string Visibility, long Revision, string EventType, byte[]? Payload)
    {
        public bool IsOpening => EventType == WorkItemOpened.Descriptor.FullName && Payload is not null;
    }
}
