using System.Globalization;
using Delegation.Delivery.V1;
using Mode = Delegation.Delivery.V1.GuaranteeLine.Types.Mode;

namespace Delegation.ProjectDelivery.Scoping.Grid;

/// <summary>
/// What both schemes pay for an act, by the formulas that the contract states at GuaranteeLine.Mode. Contributions that the law leaves to the
/// insured (participation forfaitaire, franchises) are not counted: complementary schemes do not reimburse them.
/// </summary>
internal static class Reimbursement
{
    /// <summary>What the compulsory scheme pays: its rate of the base or of the costs, whichever is less.</summary>
    public static long Amo(GuaranteeLine line, long spent) => Times(line.AmoRatePpm, Math.Min(line.Base.MinorUnits, spent));

    /// <summary>What the complementary scheme pays.</summary>
    public static long Amc(GuaranteeLine line, long spent)
    {
        var (amo, @base) = (Amo(line, spent), line.Base.MinorUnits);
        var left = spent - amo;
        var paid = line.Mode switch
        {
            Mode.BaseIncludingAmo => Math.Min(spent, Times(line.RatePpm, @base)) - amo,
            Mode.BaseOnTop => Math.Min(Times(line.RatePpm, @base), left),
            Mode.CoPayment => Math.Min(spent, @base) - amo,
            Mode.Flat => Math.Min(line.Amount.MinorUnits, left),
            Mode.RealCosts => Times(line.RatePpm, spent) - amo,
            Mode.NothingLeft => left,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return Math.Max(0, line.Mode == Mode.NothingLeft || line.Cap is null ? paid : Math.Min(paid, line.Cap.MinorUnits));
    }

    /// <summary>The formula in words of the trade.</summary>
    public static string Formula(GuaranteeLine line)
    {
        var (rate, @base) = (Percent(line.RatePpm), Euros(line.Base.MinorUnits));
        var paid = line.Mode switch
        {
            Mode.BaseIncludingAmo => $"max(0 ; min(frais réels ; {rate} × {@base}) − AMO)",
            Mode.BaseOnTop => $"min({rate} × {@base} ; frais réels − AMO)",
            Mode.CoPayment => $"min(frais réels ; {@base}) − AMO",
            Mode.Flat => $"min({Euros(line.Amount.MinorUnits)} ; frais réels − AMO)",
            Mode.RealCosts => $"max(0 ; {rate} × frais réels − AMO)",
            Mode.NothingLeft => $"frais réels − AMO, pour un prix d'au plus {Euros(line.Cap.MinorUnits)}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var cap = line.Mode == Mode.NothingLeft || line.Cap is null ? "" : $", au plus {Euros(line.Cap.MinorUnits)}";
        return $"{paid}{cap} ; AMO = {Percent(line.AmoRatePpm)} × min({@base} ; frais réels)";
    }

    /// <summary>A part of an amount in cents, to the cent, halves up.</summary>
    public static long Times(long ppm, long cents) => (long)decimal.Round(cents * (decimal)ppm / 1_000_000m, 0, MidpointRounding.AwayFromZero);

    private static string Percent(long ppm) => French(ppm / 10_000m, "0.####") + " %";

    private static string Euros(long cents) => French(cents / 100m, "0.00") + " €";

    private static string French(decimal number, string form) => number.ToString(form, CultureInfo.InvariantCulture).Replace('.', ',');
}
