using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using State = Delegation.Delivery.V1.ItemOrigin.Types.State;

namespace Delegation.ProjectDelivery.Scoping.Items;

/// <summary>What is done with items of any kind: get, list, edit; and what both sides do with deliverables.</summary>
internal sealed class ItemCommands(TenantSessions sessions, TimeProvider clock)
{
    public async Task<T> GetAsync<T>(ItemKind<T> kind, Caller caller, (Guid Project, Guid Item) ids, CancellationToken cancellationToken)
        where T : GeneratedRow
    {
        await using var session = await sessions.OpenAsync(caller, cancellationToken);
        var project = (await session.FindProjectAsync(ids.Project, cancellationToken)).ValueOrStatus();
        return (await FindAsync(kind, session, project, ids.Item, cancellationToken)).ValueOrStatus();
    }

    public async Task<Page<T>> ListAsync<T>(
        ItemKind<T> kind, Caller caller, string projectId, State state, int pageSize, string pageToken, CancellationToken cancellationToken)
        where T : GeneratedRow
    {
        var violations = new List<FieldViolation>();
        var filter = ItemFields.ReadFilter(state, violations);
        var asked = PageRequest.Read(pageSize, pageToken, violations);
        var id = PlanIds.ReadProject(projectId, violations);

        await using var session = await sessions.OpenAsync(caller, cancellationToken);
        var project = (await session.FindProjectAsync(id, cancellationToken)).ValueOrStatus();
        var rows = await kind.Table.PageAsync(session, project, filter, asked.After?.Id ?? Guid.Empty, asked.Limit, cancellationToken);
        return rows.ToPage(asked, item => new PageKey(default, item.Id));
    }

    /// <summary>Edits an item as a request says; <paramref name="edit"/> gives it with what people say.</summary>
    public async Task<Outcome<T>> EditAsync<T>(
        ItemKind<T> kind, TenantSession session, (Guid Project, Guid Item) ids, string etag, Func<T, T> edit, Func<T, IMessage> told, CancellationToken cancellationToken)
        where T : GeneratedRow
    {
        var project = (await session.LockProjectAsync(ids.Project, cancellationToken)).ValueOrStatus();
        var item = (await FindAsync(kind, session, project, ids.Item, cancellationToken)).ValueOrStatus();
        var wanted = edit(item);
        if (ItemFields.StaysOrphaned(item.State, wanted.State) is { } violation)
            return new Outcome<T>.Invalid(violation);
        if ((Etag.Mismatch<T>(etag, item.Id, item.Revision) ?? ProjectChange.NeedsAProjectInProgress<T>(project)) is { } refused)
            return refused;

        return await SaveAsync(kind, session, ItemEdit.Apply(kind, item, wanted, clock.GetUtcNow().InMicroseconds()), told, cancellationToken);
    }

    /// <summary>The consent of the caller's side to what a deliverable says now.</summary>
    public async Task<Outcome<DeliverableRow>> ValidateAsync(
        TenantSession session, (Guid Project, Guid Item) ids, string etag, Func<DeliverableRow, IMessage> told, CancellationToken cancellationToken)
    {
        var project = (await session.LockProjectAsync(ids.Project, cancellationToken)).ValueOrStatus();
        var item = (await FindAsync(ItemKinds.Deliverables, session, project, ids.Item, cancellationToken)).ValueOrStatus();
        if (ProjectChange.NeedsAProjectInProgress<DeliverableRow>(project) is { } closed)
            return closed;

        return await DeliverableConsent.Decide(item, session.Caller, etag, clock.GetUtcNow()).ThenAsync(
            consented => SaveAsync(ItemKinds.Deliverables, session, consented, told, cancellationToken));
    }

    private async Task<Outcome<T>> SaveAsync<T>(ItemKind<T> kind, TenantSession session, T item, Func<T, IMessage> told, CancellationToken cancellationToken)
        where T : GeneratedRow
    {
        await kind.Table.UpdateAsync(session, [item], cancellationToken);
        await session.AppendAsync(item.Parties.Entry(kind.Type, item.Id, item.Revision, told(item)), clock, cancellationToken);
        if (item is DeliverableRow deliverable)
            await session.KeepDeliverableWorkAsync(deliverable, clock, cancellationToken);
        return new Outcome<T>.Accepted(item);
    }

    private static async Task<Outcome<T>> FindAsync<T>(ItemKind<T> kind, TenantSession session, ProjectRow project, Guid id, CancellationToken cancellationToken)
        where T : GeneratedRow => await kind.Table.FindAsync(session, project, id, cancellationToken) is { } item
            ? new Outcome<T>.Accepted(item)
            : new Outcome<T>.NotFound(kind.NotFound.Reason, kind.NotFound.Message);
}
