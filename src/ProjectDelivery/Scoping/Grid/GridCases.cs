using Delegation.Delivery.V1;
using Mode = Delegation.Delivery.V1.GuaranteeLine.Types.Mode;

namespace Delegation.ProjectDelivery.Scoping.Grid;

/// <summary>What to try of a line of the grid: costs at the base, costs that use the guarantee up, and costs beyond it.</summary>
internal static class GridCases
{
    private const long AtLeastBeyond = 10_00;

    public static IEnumerable<(string Key, string Title, long Spent)> Of(GuaranteeLine line)
    {
        var (@base, whole) = (line.Base.MinorUnits, Whole(line));
        if (@base > 0 && @base != whole && (line.Mode != Mode.NothingLeft || @base < whole))
            yield return ("base", "dépense égale à la base", @base);

        yield return ("limit", line.Mode == Mode.NothingLeft ? "dépense au prix limite de vente" : "dépense qui épuise la garantie", whole);
        if (line.Mode != Mode.NothingLeft)
            yield return ("beyond", "dépense au-delà de la garantie", whole + Math.Max(AtLeastBeyond, whole / 2));
    }

    // The least costs for which the guarantee pays all that it can; a rate of the costs without a cap always pays more.
    private static long Whole(GuaranteeLine line)
    {
        var (@base, fullAmo) = (line.Base.MinorUnits, Reimbursement.Times(line.AmoRatePpm, line.Base.MinorUnits));
        var whole = line.Mode switch
        {
            Mode.BaseIncludingAmo => Math.Max(@base, Reimbursement.Times(line.RatePpm, @base)),
            Mode.BaseOnTop => fullAmo + Reimbursement.Times(line.RatePpm, @base),
            Mode.CoPayment => @base,
            Mode.Flat => fullAmo + line.Amount.MinorUnits,
            Mode.RealCosts => Math.Max(2 * @base, 100_00),
            Mode.NothingLeft => line.Cap.MinorUnits,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return line.Mode == Mode.NothingLeft || line.Cap is null ? whole : Math.Min(whole, Math.Max(fullAmo + line.Cap.MinorUnits, @base));
    }
}
