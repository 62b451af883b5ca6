using Delegation.ProjectDelivery.Scoping.Items;
using Effect = Delegation.Delivery.V1.GeneratedItems.Types.Effect;

namespace Delegation.ProjectDelivery.Scoping.Generation;

/// <summary>What happens to one item.</summary>
internal sealed record ItemChange<T>(T Item, Effect Effect, IReadOnlyList<string> Fields);

/// <summary>What happens to the items of a kind, and how many stay as they are.</summary>
internal sealed record Reconciled<T>(IReadOnlyList<ItemChange<T>> Changes, int Unchanged);

/// <summary>
/// Compares the items that answers want with those that are there: adds what is new, changes what nobody edited, and retires what nobody
/// wants any more, or flags it where somebody edited it. What people edited stays as it is.
/// </summary>
internal static class Reconciliation
{
    /// <param name="kind">Of the items.</param>
    /// <param name="origins">The answers that are looked at; items of others stay as they are.</param>
    /// <param name="wanted">What they generate, each with its origin and key.</param>
    /// <param name="existing">All items of the kind that the project has.</param>
    /// <param name="newId">Gives an id to each item that is added.</param>
    /// <param name="now">When.</param>
    public static Reconciled<T> Of<T>(
        ItemKind<T> kind, IReadOnlySet<string> origins, IReadOnlyList<T> wanted, IReadOnlyList<T> existing, Func<Guid> newId, DateTime now)
        where T : GeneratedRow
    {
        var mine = existing.Where(item => origins.Contains(item.Origin)).ToDictionary(item => (item.Origin, item.OriginKey));
        var changes = new List<ItemChange<T>>();
        foreach (var item in wanted)
        {
            if (!mine.Remove((item.Origin, item.OriginKey), out var former))
                changes.Add(new ItemChange<T>((T)(Changed(item, item.State, item.Revision, now) with { Id = newId(), CreateTime = now }), Effect.Added, []));
            else if (Renew(kind, former, item, now) is { } change)
                changes.Add(change);
        }

        changes.AddRange(mine.Values.OrderBy(item => item.Id).Select(item => WithoutOrigin(kind, item, now)).OfType<ItemChange<T>>());
        return new Reconciled<T>(changes, wanted.Count + mine.Count - changes.Count);
    }

    private static ItemChange<T>? Renew<T>(ItemKind<T> kind, T former, T wanted, DateTime now)
        where T : GeneratedRow
    {
        var fields = kind.Fields.Where(field => !former.Edited.Contains(field.Name) && !Equals(field.Read(former), field.Read(wanted))).ToList();
        var state = former.Edited.Contains(ItemEdit.StateField) ? former.State : ItemStates.Active;
        if (fields.Count == 0 && state == former.State)
            return null;

        var renewed = Changed(fields.Aggregate(former, (row, field) => field.Take(row, wanted)), state, former.Revision + 1, now);
        var names = fields.Select(field => field.Name).Concat(state == former.State ? [] : [ItemEdit.StateField]).Order(StringComparer.Ordinal);
        return new ItemChange<T>(kind.Touched((T)renewed), Effect.Changed, [.. names]);
    }

    private static ItemChange<T>? WithoutOrigin<T>(ItemKind<T> kind, T item, DateTime now)
        where T : GeneratedRow
    {
        if (item.Edited.Contains(ItemEdit.StateField))
            return null;

        var (state, effect) = item.Edited.Length > 0 ? (ItemStates.Orphaned, Effect.Orphaned) : (ItemStates.Retired, Effect.Retired);
        return item.State == state ? null : new ItemChange<T>(kind.Touched((T)Changed(item, state, item.Revision + 1, now)), effect, []);
    }

    private static GeneratedRow Changed(GeneratedRow item, string state, long revision, DateTime now) =>
        item with { State = state, UpdateTime = now, Revision = revision };
}
