namespace Delegation.ProjectDelivery.Scoping.Items;

/// <summary>What people make of an item: each field that they change is theirs from then on.</summary>
internal static class ItemEdit
{
    /// <summary>The field of edits that say whether an item counts.</summary>
    public const string StateField = "state";

    /// <summary>The item as edited.</summary>
    /// <param name="kind">Of the item.</param>
    /// <param name="item">As it is.</param>
    /// <param name="wanted">As people want it: fields and state.</param>
    /// <param name="now">When.</param>
    public static T Apply<T>(ItemKind<T> kind, T item, T wanted, DateTime now)
        where T : GeneratedRow
    {
        var fields = kind.Fields.Where(field => !Equals(field.Read(item), field.Read(wanted))).ToList();
        var names = fields.Select(field => field.Name).Concat(item.State == wanted.State ? [] : [StateField]).ToList();
        var edited = fields.Aggregate(item, (row, field) => field.Take(row, wanted));
        var after = (T)((GeneratedRow)edited with
        {
            State = wanted.State,
            Edited = [.. item.Edited.Union(names).Order(StringComparer.Ordinal)],
            UpdateTime = now,
            Revision = item.Revision + 1,
        });
        return names.Count > 0 ? kind.Touched(after) : after;
    }
}
