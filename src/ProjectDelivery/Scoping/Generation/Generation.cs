using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Projects;
using Delegation.ProjectDelivery.Scoping.Items;
using Effect = Delegation.Delivery.V1.GeneratedItems.Types.Effect;

namespace Delegation.ProjectDelivery.Scoping.Generation;

/// <summary>The items that a project has, those of the plan with the fields that people edited there.</summary>
internal sealed record ExistingItems(
    IReadOnlyList<DeliverableRow> Deliverables,
    IReadOnlyList<TakeOverLotRow> Lots,
    IReadOnlyList<ReportDefinitionRow> Reports,
    IReadOnlyList<AcceptanceCaseRow> Cases,
    IReadOnlyList<PlannedItemRow> Plan);

/// <summary>What generating does: a pure function of the answers, the project's days and the items that are there.</summary>
internal sealed record Generation(
    Reconciled<DeliverableRow> Deliverables,
    Reconciled<TakeOverLotRow> Lots,
    Reconciled<ReportDefinitionRow> Reports,
    Reconciled<AcceptanceCaseRow> Cases,
    Reconciled<PlannedItemRow> Plan)
{
    private const int MostTold = 200;

    /// <param name="project">Whose days the items follow.</param>
    /// <param name="origins">The answers that are looked at, as stored; what comes from others stays as it is.</param>
    /// <param name="answers">What they say now.</param>
    /// <param name="existing">What the project has.</param>
    /// <param name="newId">Gives an id to each item that is added.</param>
    /// <param name="now">When.</param>
    public static Generation Of(
        ProjectRow project, IReadOnlySet<string> origins, IEnumerable<ScopingAnswer> answers, ExistingItems existing, Func<Guid> newId, DateTime now)
    {
        var wanted = WantedItems.Of(project, answers);
        return new Generation(
            Reconciliation.Of(ItemKinds.Deliverables, origins, wanted.Deliverables, existing.Deliverables, newId, now),
            Reconciliation.Of(ItemKinds.TakeOverLots, origins, wanted.Lots, existing.Lots, newId, now),
            Reconciliation.Of(ItemKinds.ReportDefinitions, origins, wanted.Reports, existing.Reports, newId, now),
            Reconciliation.Of(ItemKinds.AcceptanceCases, origins, wanted.Cases, existing.Cases, newId, now),
            Reconciliation.Of(ItemKinds.PlannedItems, origins, wanted.Plan, existing.Plan, newId, now));
    }

    /// <summary>What it does, in the words of the contract; <paramref name="withNewIds"/> is false for a preview, whose new items get other ids in the end.</summary>
    public GeneratedItems ToMessage(bool withNewIds = true)
    {
        var changes = Told(ItemKinds.Deliverables, Deliverables)
            .Concat(Told(ItemKinds.TakeOverLots, Lots))
            .Concat(Told(ItemKinds.ReportDefinitions, Reports))
            .Concat(Told(ItemKinds.PlannedItems, Plan))
            .Concat(Told(ItemKinds.AcceptanceCases, Cases))
            .ToList();
        foreach (var change in changes.Where(change => !withNewIds && change.Effect == Effect.Added))
            change.Id = "";

        return new GeneratedItems
        {
            Added = changes.Count(change => change.Effect == Effect.Added),
            Changed = changes.Count(change => change.Effect == Effect.Changed),
            Retired = changes.Count(change => change.Effect == Effect.Retired),
            Orphaned = changes.Count(change => change.Effect == Effect.Orphaned),
            Unchanged = Deliverables.Unchanged + Lots.Unchanged + Reports.Unchanged + Cases.Unchanged + Plan.Unchanged,
            Changes = { changes.Take(MostTold) },
        };
    }

    private static IEnumerable<GeneratedItems.Types.Change> Told<T>(ItemKind<T> kind, Reconciled<T> reconciled)
        where T : GeneratedRow => reconciled.Changes.Select(change => new GeneratedItems.Types.Change
        {
            Type = change.Item is PlannedItemRow planned ? planned.Kind == PlannedItemRow.Milestone ? "goal" : PlannedItemRow.Action : kind.Type,
            Id = change.Item.Id.ToString(),
            Title = kind.Title(change.Item),
            Effect = change.Effect,
            Fields = { change.Fields },
        });
}
