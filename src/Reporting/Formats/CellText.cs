using System.Globalization;
using Delegation.Reporting.Reports;
using Delegation.Reporting.V1;

namespace Delegation.Reporting.Formats;

/// <summary>Cells as text: exactly, since all are whole numbers of some unit.</summary>
internal static class CellText
{
    private const char NoBreak = '\u00A0';

    /// <summary>The number in the unit that people count in, with a point: <c>1234.56</c> euros, <c>0.812345</c>.</summary>
    public static string Number(long number, ColumnType type) => type switch
    {
        ColumnType.Money => Fixed(number, 2),
        ColumnType.Ratio or ColumnType.Decimal or ColumnType.Days => Fixed(number, 6),
        _ => number.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>As a French spreadsheet reads it: a comma, nothing between thousands.</summary>
    public static string ForSpreadsheets(ReportCell cell, ColumnType type) => cell.HasNumber ? Number(cell.Number, type).Replace('.', ',') : cell.Text;

    /// <summary>As people read it: <c>1 234,56 €</c>, <c>81,23 %</c>.</summary>
    public static string ForPeople(ReportCell cell, ReportColumn column) => column.Type switch
    {
        _ when !cell.HasNumber && !cell.HasText => "–",
        ColumnType.Text => cell.Text,
        ColumnType.Day => string.Join('/', cell.Text.Split('-').Reverse()),
        ColumnType.Money => $"{Grouped(Number(cell.Number, column.Type))}{NoBreak}{(column.Currency == "EUR" ? "€" : column.Currency)}",
        ColumnType.Ratio => $"{Grouped(Rounded(cell.Number, 4, 2))}{NoBreak}%",
        ColumnType.Decimal => Grouped(Rounded(cell.Number, 6, 3)),
        ColumnType.Days => Grouped(Rounded(cell.Number, 6, 1)),
        _ => Grouped(Number(cell.Number, column.Type)),
    };

    /// <summary>A number of things, as people read it.</summary>
    public static string Count(long number) => Grouped(number.ToString(CultureInfo.InvariantCulture));

    private static string Fixed(long number, int places)
    {
        var digits = Int128.Abs(number).ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        return $"{(number < 0 ? "-" : "")}{digits[..^places]}.{digits[^places..]}";
    }

    // So many places of what has more of them, half away from zero.
    private static string Rounded(long number, int places, int shown)
    {
        var unit = (long)Math.Pow(10, places - shown);
        var whole = Math.Abs(number % unit) * 2 >= unit ? (number / unit) + Math.Sign(number) : number / unit;
        return Fixed(whole, shown);
    }

    private static string Grouped(string number)
    {
        var (sign, rest) = number[0] == '-' ? ("-", number[1..]) : ("", number);
        var whole = rest.Split('.')[0];
        var first = whole.Length % 3;
        var groups = (first > 0 ? [whole[..first]] : Array.Empty<string>()).Concat(Enumerable.Range(0, whole.Length / 3).Select(group => whole.Substring(first + (3 * group), 3)));
        return $"{sign}{string.Join(NoBreak, groups)}{(rest.Length > whole.Length ? $",{rest[(whole.Length + 1)..]}" : "")}";
    }
}
