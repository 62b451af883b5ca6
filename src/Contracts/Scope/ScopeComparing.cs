using Delegation.Contracts.V1;
using Kind = Delegation.Contracts.V1.ScopeDifference.Types.Kind;

namespace Delegation.Contracts.Scope;

/// <summary>
/// How two scopes differ. They are compared cell by cell (activity, product, population), since two versions may cut the same agreement into
/// lines in two ways; what differs alike is put together again.
/// </summary>
internal static class ScopeComparing
{
    public static IReadOnlyList<ScopeDifference> Compare(IReadOnlyList<ScopeLine> former, IReadOnlyList<ScopeLine> latter, TradeList trade)
    {
        var (before, after) = (Cells(former), Cells(latter));

        return [..
            from cell in before.Keys.Union(after.Keys)
            let was = before.GetValueOrDefault(cell)
            let now = after.GetValueOrDefault(cell)
            where !Equals(was, now)
            group (cell.Product, cell.Population) by (cell.Activity, Was: was, Now: now) into alike
            orderby alike.Key.Activity, alike.Min()
            from block in Blocks(alike)
            select Difference(alike.Key.Activity, alike.Key.Was, alike.Key.Now, block.Products, block.Populations, trade)];
    }

    // What holds in a cell, in one form whatever the order in which it was written. Messages are equal by their content.
    private static Dictionary<(string Activity, string Product, string Population), ScopeLine> Cells(IEnumerable<ScopeLine> lines) => (
        from line in lines
        let plain = new ScopeLine
        {
            ToBeDecided = line.ToBeDecided,
            Assignments =
            {
                line.Assignments
                    .Select(assignment => new RaciAssignment { Party = assignment.Party, PartyName = assignment.PartyName, Roles = { assignment.Roles.Order() } })
                    .OrderBy(assignment => assignment.Party)
                    .ThenBy(assignment => assignment.PartyName, StringComparer.Ordinal),
            },
        }
        from product in line.ProductCodes
        from population in line.PopulationCodes
        select (Cell: (line.ActivityCode, product, population), plain)).ToDictionary(entry => entry.Cell, entry => entry.plain);

    // Products that stand for the same populations share a line.
    private static IEnumerable<(string[] Products, string[] Populations)> Blocks(IEnumerable<(string Product, string Population)> cells) =>
        from product in cells.GroupBy(cell => cell.Product, cell => cell.Population)
        let populations = product.Order(StringComparer.Ordinal).ToArray()
        group product.Key by string.Join('\n', populations) into same
        select (same.Order(StringComparer.Ordinal).ToArray(), same.Key.Split('\n'));

    private static ScopeDifference Difference(
        string activity, ScopeLine? was, ScopeLine? now, string[] products, string[] populations, TradeList trade) => new()
        {
            Kind = was is null ? Kind.Added : now is null ? Kind.Removed : Kind.Changed,
            ActivityCode = activity,
            ProductCodes = { products },
            PopulationCodes = { populations },
            FormerlyToBeDecided = was?.ToBeDecided ?? false,
            ToBeDecided = now?.ToBeDecided ?? false,
            Parties = { PartyByParty(was, now) },
            IndicatorCodes = { trade.Find(activity)?.Indicators ?? [] },
        };

    private static IEnumerable<PartyChange> PartyByParty(ScopeLine? was, ScopeLine? now)
    {
        var (before, after) = (Roles(was), Roles(now));
        return
            from party in before.Keys.Union(after.Keys)
            let former = before.GetValueOrDefault(party, [])
            let roles = after.GetValueOrDefault(party, [])
            where !former.SequenceEqual(roles)
            orderby party.Party, party.Name
            select new PartyChange { Party = party.Party, PartyName = party.Name, FormerRoles = { former }, Roles = { roles } };
    }

    private static Dictionary<(ScopeParty Party, string Name), IReadOnlyList<RaciRole>> Roles(ScopeLine? line) =>
        line?.Assignments.ToDictionary(assignment => (assignment.Party, assignment.PartyName), assignment => (IReadOnlyList<RaciRole>)assignment.Roles) ?? [];
}
