using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Scoping.Grid;

/// <summary>A column of a grid, by its names in files.</summary>
internal sealed record GridColumn(string French, string English, bool IsRequired);

/// <summary>The columns of a grid, and where a file has them.</summary>
internal sealed class GridColumns
{
    public static readonly GridColumn Code = new("code", "code", true);
    public static readonly GridColumn Level = new("niveau", "level", true);
    public static readonly GridColumn Category = new("poste", "category", true);
    public static readonly GridColumn Label = new("libelle", "label", true);
    public static readonly GridColumn Basket = new("panier", "basket", false);
    public static readonly GridColumn Mode = new("mode", "mode", true);
    public static readonly GridColumn Rate = new("taux", "rate", false);
    public static readonly GridColumn Amount = new("forfait", "amount", false);
    public static readonly GridColumn Cap = new("plafond", "cap", false);
    public static readonly GridColumn Period = new("periode", "period", false);
    public static readonly GridColumn Base = new("base", "base", true);
    public static readonly GridColumn AmoRate = new("taux_amo", "amo_rate", true);

    public static readonly GridColumn[] All = [Code, Level, Category, Label, Basket, Mode, Rate, Amount, Cap, Period, Base, AmoRate];

    private readonly Dictionary<GridColumn, (int Place, string Name)> _places = [];

    public int Count { get; private init; }

    /// <summary>Reads the first line; what is wrong with it is added.</summary>
    public static GridColumns Read(string[] names, ICollection<FieldViolation> violations)
    {
        var columns = new GridColumns { Count = names.Length };
        for (var place = 0; place < names.Length; place++)
        {
            var plain = Plain(names[place]);
            var column = All.FirstOrDefault(column => Plain(column.French) == plain || Plain(column.English) == plain);
            if (column is null)
                violations.Add(GridViolations.ColumnUnknown(names[place]));
            else if (!columns._places.TryAdd(column, (place, plain == Plain(column.French) ? column.French : column.English)))
                violations.Add(GridViolations.ColumnTwice(names[place]));
        }

        foreach (var missing in All.Where(column => column.IsRequired && !columns._places.ContainsKey(column)))
            violations.Add(GridViolations.ColumnMissing(missing.French));

        return columns;
    }

    /// <summary>What a line has in a column, and how the file calls it; empty where the file leaves the column out.</summary>
    public (string Name, string Value) Cell(GridColumn column, string[] record) =>
        _places.TryGetValue(column, out var found) ? (found.Name, record[found.Place].Trim()) : (column.French, "");

    /// <summary>A name without accents, case and separators: people write `Libellé`, `Taux AMO`, `100 % Santé`.</summary>
    // By hand: without the data of cultures, which the service runs without, .NET takes no letter apart.
    public static string Plain(string name) => string.Concat(name.ToLowerInvariant().Where(char.IsLetterOrDigit).Select(letter => letter switch
    {
        'à' or 'â' or 'ä' => 'a',
        'é' or 'è' or 'ê' or 'ë' => 'e',
        'î' or 'ï' => 'i',
        'ô' or 'ö' => 'o',
        'ù' or 'û' or 'ü' => 'u',
        'ç' => 'c',
        _ => letter,
    }));
}
