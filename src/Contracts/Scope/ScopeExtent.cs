using Delegation.Contracts.V1;
using Extent = Delegation.Contracts.V1.ScopeVersion.Types.Extent;

namespace Delegation.Contracts.Scope;

/// <summary>Full or partial: derived from the lines, and never said by anybody.</summary>
internal static class ScopeExtent
{
    /// <summary>
    /// Full when the delegate does everything that the trade delegates in full, for every product and population that the version names
    /// at all. What is to be decided is not delegated yet.
    /// </summary>
    public static Extent Of(IReadOnlyList<ScopeLine> lines, TradeList trade)
    {
        var cells = Cells(lines).ToHashSet();
        var held = lines.Where(line => line.Delegated).GroupBy(line => line.ActivityCode).ToDictionary(group => group.Key, group => Cells(group).ToHashSet());

        return trade.Activities.Where(activity => activity.DelegatedInFull).All(activity => held.TryGetValue(activity.Code, out var covered) && covered.IsSupersetOf(cells))
            ? Extent.Full
            : Extent.Partial;
    }

    private static IEnumerable<(string Product, string Population)> Cells(IEnumerable<ScopeLine> lines) =>
        from line in lines
        from product in line.ProductCodes
        from population in line.PopulationCodes
        select (product, population);
}
