using System.Security.Cryptography;
using System.Text.Json;
using Delegation.Delivery.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ProjectDelivery.Scoping.Answers;
using Delegation.ProjectDelivery.Scoping.Items;
using Delegation.ServiceDefaults.Time;

namespace Delegation.ProjectDelivery.Scoping.Generation;

/// <summary>Generates items in the transaction of the command that asks for it, with the project locked.</summary>
internal sealed class Generator(TimeProvider clock)
{
    private const string ObjectType = "scoping_generation";

    /// <summary>What answers would do; nothing is written.</summary>
    public async Task<Generation> DecideAsync(TenantSession session, ProjectRow project, IReadOnlyList<AnswerRow> answers, CancellationToken cancellationToken)
    {
        var existing = new ExistingItems(
            await ItemTables.Deliverables.AllAsync(session, project, cancellationToken),
            await ItemTables.TakeOverLots.AllAsync(session, project, cancellationToken),
            await ItemTables.ReportDefinitions.AllAsync(session, project, cancellationToken),
            await ItemTables.AcceptanceCases.AllAsync(session, project, cancellationToken),
            await session.WithEditsAsync(project, cancellationToken));
        var now = clock.GetUtcNow();
        var origins = answers.Select(answer => answer.Question).ToHashSet();
        return Generation.Of(project, origins, answers.Select(answer => answer.Said()), existing, () => NewId.At(now), now.InMicroseconds());
    }

    /// <summary>Generates what answers in effect say; what others generated stays as it is.</summary>
    public async Task<GeneratedItems> RunAsync(TenantSession session, ProjectRow project, IReadOnlyList<AnswerRow> answers, CancellationToken cancellationToken)
    {
        var generation = await DecideAsync(session, project, answers, cancellationToken);
        var done = generation.ToMessage();
        if (done.Added + done.Changed + done.Retired + done.Orphaned == 0)
            return done;

        await SaveAsync(session, ItemKinds.Deliverables, generation.Deliverables, cancellationToken);
        await SaveAsync(session, ItemKinds.TakeOverLots, generation.Lots, cancellationToken);
        await SaveAsync(session, ItemKinds.ReportDefinitions, generation.Reports, cancellationToken);
        await SaveAsync(session, ItemKinds.AcceptanceCases, generation.Cases, cancellationToken);
        await SaveAsync(session, ItemKinds.PlannedItems, generation.Plan, cancellationToken);
        foreach (var change in generation.Deliverables.Changes.Where(change => change.Effect != GeneratedItems.Types.Effect.Added))
            await session.KeepDeliverableWorkAsync(change.Item, clock, cancellationToken);
        await session.ApplyAsync(project, generation.Plan.Changes, clock, cancellationToken);
        await TellAsync(session, project, done, Hash(generation), cancellationToken);
        return done;
    }

    private async Task TellAsync(TenantSession session, ProjectRow project, GeneratedItems done, string hash, CancellationToken cancellationToken)
    {
        var revision = await session.FindAsync<long>(
            """
            INSERT INTO scoping_generation (owner_id, delegation_id, delegate_id, project_id, items_sha256, update_time, revision)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @hash, @now, 1)
            ON CONFLICT (owner_id, project_id) DO UPDATE SET items_sha256 = @hash, update_time = @now, revision = scoping_generation.revision + 1
            RETURNING revision
            """,
            new { project.OwnerId, project.DelegationId, project.DelegateId, project.Id, hash, now = clock.GetUtcNow().InMicroseconds() },
            cancellationToken);
        await session.AppendAsync(
            project.Parties.Entry(ObjectType, project.Id, revision, new ScopingItemsGenerated { Items = done, ItemsSha256 = hash }), clock, cancellationToken);
    }

    private static async Task SaveAsync<T>(TenantSession session, ItemKind<T> kind, Reconciled<T> reconciled, CancellationToken cancellationToken)
        where T : GeneratedRow
    {
        var (added, changed) = (Items(isAdded: true), Items(isAdded: false));
        if (added.Length > 0)
            await kind.Table.InsertAsync(session, added, cancellationToken);
        if (changed.Length > 0)
            await kind.Table.UpdateAsync(session, changed, cancellationToken);

        T[] Items(bool isAdded) => [.. reconciled.Changes.Where(change => (change.Effect == GeneratedItems.Types.Effect.Added) == isAdded).Select(change => change.Item)];
    }

    // What was changed, whole: who has the journal can tell that the items are those of then.
    private static string Hash(Generation generation) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new { generation.Deliverables, generation.Lots, generation.Reports, generation.Cases, generation.Plan })));
}
