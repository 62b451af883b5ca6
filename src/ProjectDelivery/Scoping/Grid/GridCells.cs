using System.Globalization;
using System.Text.RegularExpressions;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.ProjectDelivery.Scoping.Grid;

/// <summary>Reads the cells of one line, and keeps what is wrong with each.</summary>
internal sealed partial class GridCells(GridColumns columns, string[] record, int line, ICollection<FieldViolation> violations)
{
    /// <summary>Whether something is in a cell.</summary>
    public bool Has(GridColumn column) => columns.Cell(column, record).Value.Length > 0;

    /// <summary>A text of 1 to <paramref name="most"/> characters that no spreadsheet takes for a formula; empty with a violation.</summary>
    public string Text(GridColumn column, int most)
    {
        var (name, value) = columns.Cell(column, record);
        if (value.Length == 0)
            return Wrong(column, "CELL_REQUIRED", new("the cell is empty.", "la cellule est vide."), new($"Write 1 to {most} characters.", $"Écrivez de 1 à {most} caractères."), "");

        if (value[0] is '=' or '+' or '-' or '@')
            return Wrong(
                column, "CELL_IS_FORMULA",
                new($"{GridViolations.Shown(value)} begins like a formula.", $"{GridViolations.Shown(value)} commence comme une formule."),
                new("Begin with a letter or a digit.", "Commencez par une lettre ou un chiffre."), "");

        var found = new List<FieldViolation>();
        var text = TextField.ReadLine(name, value, most, found);
        foreach (var violation in found)
            violations.Add(GridViolations.Cell(
                line, name, violation.Reason.EndsWith("TOO_LONG", StringComparison.Ordinal) ? "CELL_TOO_LONG" : "CELL_INVISIBLE_CHARACTER", violation.Description, violation.Remedy!));

        return text ?? "";
    }

    /// <summary>A code of letters, digits and a few signs.</summary>
    public string Code(GridColumn column)
    {
        var code = Text(column, 30);
        return code.Length == 0 || CodeForm().IsMatch(code) ? code : Wrong(
            column, "CELL_MALFORMED", new($"{GridViolations.Shown(code)} is no code.", $"{GridViolations.Shown(code)} n'est pas un code."),
            new("Write letters without accents, digits, - _ and . only.", "N'écrivez que des lettres sans accent, des chiffres, - _ et ."), "");
    }

    /// <summary>A value of a list; null for an empty cell, and with a violation.</summary>
    public T? Choice<T>(GridColumn column, Dictionary<T, string> codes, bool isRequired)
        where T : struct, Enum
    {
        var value = columns.Cell(column, record).Value;
        var remedy = new LocalizedText($"Write one of: {string.Join(", ", codes.Values)}.", $"Écrivez l'un de ces codes : {string.Join(", ", codes.Values)}.");
        if (value.Length == 0)
            return isRequired ? Wrong<T?>(column, "CELL_REQUIRED", new("the cell is empty.", "la cellule est vide."), remedy, null) : null;

        return GridCodes.Find(codes, value) ?? Wrong<T?>(
            column, "CELL_CODE_UNKNOWN", new($"{GridViolations.Shown(value)} is no code of the list.", $"{GridViolations.Shown(value)} n'est pas un code de la liste."), remedy, null);
    }

    /// <summary>An amount in euros; null for an empty cell, and with a violation.</summary>
    public Money? Euros(GridColumn column)
    {
        var value = columns.Cell(column, record).Value;
        if (value.Length == 0)
            return null;

        if (Number(value, "€", "EUR") is not { } amount || decimal.Round(amount, 2) != amount)
            return Wrong<Money?>(
                column, "CELL_MALFORMED", new($"{GridViolations.Shown(value)} is no amount in euros.", $"{GridViolations.Shown(value)} n'est pas un montant en euros."),
                new("Write it as 1234,56, with two decimals at most and no point between thousands.", "Écrivez-le sous la forme 1234,56, avec deux décimales au plus et sans point entre les milliers."), null);

        return amount is >= 0 and <= 1_000_000 ? new Money { MinorUnits = (long)(amount * 100), Currency = "EUR" } : Wrong<Money?>(
            column, "CELL_OUT_OF_RANGE", new($"{GridViolations.Shown(value)} is not between 0 and 1 000 000 euros.", $"{GridViolations.Shown(value)} n'est pas compris entre 0 et 1 000 000 d'euros."),
            new("Correct the amount.", "Corrigez le montant."), null);
    }

    /// <summary>A rate in parts per million: zero, or at least 5 %, so that nobody's 0.7 counts as less than one per cent.</summary>
    public long? Rate(GridColumn column, int most)
    {
        var value = columns.Cell(column, record).Value;
        if (value.Length == 0)
            return null;

        if (Number(value, "%") is not { } rate || decimal.Round(rate, 4) != rate)
            return Wrong<long?>(
                column, "CELL_MALFORMED", new($"{GridViolations.Shown(value)} is no rate.", $"{GridViolations.Shown(value)} n'est pas un taux."),
                new("Write it as 70 %.", "Écrivez-le sous la forme 70 %."), null);

        return rate == 0 || (rate >= 5 && rate <= most) ? (long)(rate * 10_000) : Wrong<long?>(
            column, "CELL_OUT_OF_RANGE", new($"{GridViolations.Shown(value)} is neither 0 nor between 5 % and {most} %.", $"{GridViolations.Shown(value)} n'est ni 0 ni compris entre 5 % et {most} %."),
            new("Write per cents: 70 % and not 0.7.", "Écrivez des pourcentages : 70 % et non 0,7."), null);
    }

    /// <summary>Adds what is wrong with a cell.</summary>
    public T Wrong<T>(GridColumn column, string reason, LocalizedText problem, LocalizedText remedy, T otherwise)
    {
        violations.Add(GridViolations.Cell(line, columns.Cell(column, record).Name, reason, problem, remedy));
        return otherwise;
    }

    private static decimal? Number(string value, params string[] units)
    {
        var number = Spaces().Replace(value, "");
        foreach (var unit in units)
            if (number.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
                number = number[..^unit.Length];

        return NumberForm().IsMatch(number) ? decimal.Parse(number.Replace(',', '.'), NumberStyles.Number, CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex CodeForm();

    // Blanks between thousands: the usual one, the one that does not break, and the narrow one.
    [GeneratedRegex("[ \u00A0\u202F]", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^-?[0-9]{1,9}([.,][0-9]{1,6})?$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberForm();
}
