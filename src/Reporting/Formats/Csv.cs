namespace Delegation.Reporting.Formats;

/// <summary>Lines of CSV files: https://www.rfc-editor.org/rfc/rfc4180 with semicolons, as French spreadsheets want them.</summary>
internal static class Csv
{
    /// <summary>A line with its end; nothing for null.</summary>
    public static string Line(IEnumerable<string?> cells) => string.Join(';', cells.Select(cell => Quoted(cell ?? ""))) + "\r\n";

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(";\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
