using Delegation.Contracts.V1;
using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Errors;
using Category = Delegation.Delivery.V1.GuaranteeLine.Types.Category;
using Mode = Delegation.Delivery.V1.GuaranteeLine.Types.Mode;

namespace Delegation.ProjectDelivery.Scoping.Grid;

/// <summary>Reads one line of a grid: each cell for itself, and then how they fit together.</summary>
internal static class GridLines
{
    private static readonly LocalizedText Missing = new("the cell is empty.", "la cellule est vide.");

    /// <summary>What could be read of the line; what is wrong with it is added.</summary>
    public static GuaranteeLine Read(GridCells cells)
    {
        var mode = cells.Choice(GridColumns.Mode, GridCodes.Modes, isRequired: true);
        var category = cells.Choice(GridColumns.Category, GridCodes.Categories, isRequired: true);
        var @base = cells.Euros(GridColumns.Base);
        var amoRate = cells.Rate(GridColumns.AmoRate, 100);
        BaseFits(cells, @base, mode, amoRate);
        return new GuaranteeLine
        {
            Code = cells.Code(GridColumns.Code),
            Level = cells.Text(GridColumns.Level, 40),
            Category = category ?? Category.Unspecified,
            Label = cells.Text(GridColumns.Label, 150),
            Basket = Basket(cells, category),
            Mode = mode ?? Mode.Unspecified,
            RatePpm = Rate(cells, mode) ?? 0,
            Amount = Amount(cells, mode),
            Cap = Cap(cells, mode),
            Period = cells.Choice(GridColumns.Period, GridCodes.Periods, isRequired: false) ?? GuaranteeLine.Types.Period.Unspecified,
            Base = @base ?? new Money { Currency = "EUR" },
            AmoRatePpm = amoRate ?? 0,
        };
    }

    private static GuaranteeLine.Types.Basket Basket(GridCells cells, Category? category)
    {
        var basket = cells.Choice(GridColumns.Basket, GridCodes.Baskets, isRequired: false) ?? GuaranteeLine.Types.Basket.Unspecified;
        return basket == GuaranteeLine.Types.Basket.Unspecified || category is null or Category.Dental or Category.Optical or Category.Hearing or Category.Devices
            ? basket
            : cells.Wrong(
                GridColumns.Basket, "CELL_NOT_FOR_CATEGORY",
                new("only dental, optical, hearing aids and devices have a basket.", "seuls le dentaire, l'optique, l'audio et l'appareillage ont un panier."),
                new("Leave the cell empty.", "Laissez la cellule vide."), basket);
    }

    private static long? Rate(GridCells cells, Mode? mode)
    {
        var rate = cells.Rate(GridColumns.Rate, mode == Mode.RealCosts ? 100 : 2000);
        return mode switch
        {
            null => rate,
            Mode.BaseIncludingAmo or Mode.BaseOnTop or Mode.RealCosts => rate == 0 || !cells.Has(GridColumns.Rate)
                ? cells.Wrong(GridColumns.Rate, "CELL_REQUIRED", Missing, new("Write the rate as 200 %.", "Écrivez le taux sous la forme 200 %."), rate)
                : rate,
            _ => cells.Has(GridColumns.Rate) ? NotForMode(cells, GridColumns.Rate, rate) : null,
        };
    }

    private static Money? Amount(GridCells cells, Mode? mode)
    {
        var amount = cells.Euros(GridColumns.Amount);
        return mode switch
        {
            null => amount,
            Mode.Flat => amount is { MinorUnits: 0 } || !cells.Has(GridColumns.Amount)
                ? cells.Wrong(GridColumns.Amount, "CELL_REQUIRED", Missing, new("Write the amount in euros.", "Écrivez le montant en euros."), amount)
                : amount,
            _ => cells.Has(GridColumns.Amount) ? NotForMode(cells, GridColumns.Amount, amount) : null,
        };
    }

    private static Money? Cap(GridCells cells, Mode? mode)
    {
        var cap = cells.Euros(GridColumns.Cap);
        return mode == Mode.NothingLeft && (cap is { MinorUnits: 0 } || !cells.Has(GridColumns.Cap))
            ? cells.Wrong(GridColumns.Cap, "CELL_REQUIRED", Missing, new("Write the limit of the price.", "Écrivez le prix limite de vente."), cap)
            : cap;
    }

    private static void BaseFits(GridCells cells, Money? @base, Mode? mode, long? amoRate)
    {
        // A base that could not be read is wrong already.
        if (@base is null ? cells.Has(GridColumns.Base) : @base.MinorUnits > 0)
            return;

        if (mode is Mode.BaseIncludingAmo or Mode.BaseOnTop or Mode.CoPayment)
            cells.Wrong(
                GridColumns.Base, "CELL_REQUIRED", new("this mode counts from a base, which is missing or zero.", "ce mode se calcule sur une base, qui manque ou est nulle."),
                new("Write the base in euros, or choose another mode.", "Écrivez la base en euros, ou choisissez un autre mode."), 0);
        else if (amoRate > 0)
            cells.Wrong(
                GridColumns.AmoRate, "CELL_OUT_OF_RANGE", new("the compulsory scheme pays a part of a base that is missing.", "le régime obligatoire rembourse une part d'une base qui manque."),
                new("Write the base, or 0 here.", "Écrivez la base, ou 0 ici."), 0);
    }

    private static T NotForMode<T>(GridCells cells, GridColumn column, T value) => cells.Wrong(
        column, "CELL_NOT_FOR_MODE", new("the mode of this line does not use this cell.", "le mode de cette ligne n'utilise pas cette cellule."),
        new("Empty the cell, or choose another mode.", "Videz la cellule, ou choisissez un autre mode."), value);
}
