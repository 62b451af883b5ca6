using Delegation.Access.V1;
using Delegation.TestKit.Access;
using Delegation.Watch.V1;

namespace Delegation.Watch.Tests.Access.RecordedCalls;

internal sealed class OfTrackedItems : IRecordedCalls
{
    private static readonly AccessRule Writers = Who.Members(Role.Watch, Role.Compliance, Role.Legal, Role.DelegationManager);
    private static readonly AccessRule Sorters = Who.Members(Role.Watch, Role.Compliance, Role.DelegationManager);

    public IEnumerable<RecordedCall> All =>
    [
        new(TrackedItems.Descriptor, "TrackItem", Writers, async scene =>
        {
            var (visitor, source) = await scene.SourceAsync();
            return (visitor, new TrackItemRequest { Details = Preparing.Decree(), ReadAt = "Journal officiel", SourceId = source.Id });
        }),
        new(TrackedItems.Descriptor, "GetTrackedItem", Who.AnyMember(), async scene =>
        {
            var (two, item) = await scene.ItemAsync();
            return (two.Delegate, new GetTrackedItemRequest { ItemId = item.Id });
        }),
        new(TrackedItems.Descriptor, "ListTrackedItems", Who.AnyMember(), async scene =>
        {
            var (two, _) = await scene.ItemAsync();
            return (two.Delegate, new ListTrackedItemsRequest { Query = "prothèse" });
        }),
        new(TrackedItems.Descriptor, "UpdateTrackedItem", Writers, async scene =>
        {
            var (two, item) = await scene.ItemAsync();
            return (two.Delegate, new UpdateTrackedItemRequest { ItemId = item.Id, Details = Preparing.Decree(), Etag = item.Etag });
        }),
        new(TrackedItems.Descriptor, "TriageItem", Sorters, async scene =>
        {
            var (two, item) = await scene.ItemAsync();
            return (two.Delegate, new TriageItemRequest { ItemId = item.Id, Move = TriageItemRequest.Types.Move.Dismiss, Reason = "Hors du périmètre.", Etag = item.Etag });
        }),
        new(TrackedItems.Descriptor, "AssessItem", Writers, async scene =>
        {
            var (two, item) = await scene.KeptAsync();
            return (two.Delegate, new AssessItemRequest { ItemId = item.Id, Assessment = Preparing.Impact(item), Etag = item.Etag });
        }),
        new(TrackedItems.Descriptor, "DecideItem", Sorters, async scene =>
        {
            var (two, item) = await scene.AssessedAsync();
            return (two.Delegate, new DecideItemRequest { ItemId = item.Id, Kind = ItemDecision.Types.Kind.NoChange, Reason = "Déjà couvert par la grille.", Etag = item.Etag });
        }),
    ];
}
