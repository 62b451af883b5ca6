using Delegation.Delivery.V1;

namespace Delegation.ProjectDelivery.Scoping.Grid;

/// <summary>The codes that cells hold, in French as the trade writes them or in English as the contract does.</summary>
internal static class GridCodes
{
    public static readonly Dictionary<GuaranteeLine.Types.Category, string> Categories = new()
    {
        [GuaranteeLine.Types.Category.Hospital] = "HOSPITALISATION",
        [GuaranteeLine.Types.Category.RoutineCare] = "SOINS_COURANTS",
        [GuaranteeLine.Types.Category.Pharmacy] = "PHARMACIE",
        [GuaranteeLine.Types.Category.Dental] = "DENTAIRE",
        [GuaranteeLine.Types.Category.Optical] = "OPTIQUE",
        [GuaranteeLine.Types.Category.Hearing] = "AUDIO",
        [GuaranteeLine.Types.Category.Devices] = "APPAREILLAGE_LPP",
        [GuaranteeLine.Types.Category.SpaCure] = "CURE",
        [GuaranteeLine.Types.Category.Prevention] = "PREVENTION",
        [GuaranteeLine.Types.Category.AlternativeMedicine] = "MEDECINES_DOUCES",
        [GuaranteeLine.Types.Category.Maternity] = "MATERNITE",
        [GuaranteeLine.Types.Category.Other] = "AUTRE",
    };

    public static readonly Dictionary<GuaranteeLine.Types.Basket, string> Baskets = new()
    {
        [GuaranteeLine.Types.Basket.NoRemainder] = "100_SANTE",
        [GuaranteeLine.Types.Basket.Controlled] = "MAITRISE",
        [GuaranteeLine.Types.Basket.Free] = "LIBRE",
    };

    public static readonly Dictionary<GuaranteeLine.Types.Mode, string> Modes = new()
    {
        [GuaranteeLine.Types.Mode.BaseIncludingAmo] = "BRSS_AVEC_AMO",
        [GuaranteeLine.Types.Mode.BaseOnTop] = "BRSS_EN_PLUS",
        [GuaranteeLine.Types.Mode.CoPayment] = "TICKET_MODERATEUR",
        [GuaranteeLine.Types.Mode.Flat] = "FORFAIT",
        [GuaranteeLine.Types.Mode.RealCosts] = "FRAIS_REELS",
        [GuaranteeLine.Types.Mode.NothingLeft] = "SANS_RESTE",
    };

    public static readonly Dictionary<GuaranteeLine.Types.Period, string> Periods = new()
    {
        [GuaranteeLine.Types.Period.Act] = "ACTE",
        [GuaranteeLine.Types.Period.Day] = "JOUR",
        [GuaranteeLine.Types.Period.Year] = "AN",
        [GuaranteeLine.Types.Period.TwoYears] = "DEUX_ANS",
        [GuaranteeLine.Types.Period.FourYears] = "QUATRE_ANS",
    };

    /// <summary>The value of a code; null for an unknown one.</summary>
    public static T? Find<T>(Dictionary<T, string> codes, string text)
        where T : struct, Enum
    {
        var plain = GridColumns.Plain(text);
        foreach (var (value, code) in codes)
            if (GridColumns.Plain(code) == plain || GridColumns.Plain(value.ToString()) == plain)
                return value;

        return null;
    }
}
