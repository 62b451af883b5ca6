using System.Text;

namespace Aspire.Hosting.Local;

/// <summary>Writes the table of resources.</summary>
internal static class StatusTable
{
    private static readonly string[] Titles = ["Resource", "State", "Health", "Process", "Address"];

    /// <summary>Formats the table.</summary>
    /// <param name="rows">Its lines.</param>
    /// <param name="before">Lines as they were shown last; lines that have changed are marked. Null the first time.</param>
    public static string Format(IReadOnlyList<StatusRow> rows, IReadOnlyDictionary<string, StatusRow>? before)
    {
        var lines = rows.Select(row => (Mark: before is not null && before[row.Id] != row ? "*" : " ", Cells: CellsOf(row))).ToList();
        var widths = Titles.Select((title, column) => lines.Select(line => line.Cells[column].Length).Append(title.Length).Max()).ToArray();

        var table = new StringBuilder("\n");
        Append(table, " ", Titles, widths);
        Append(table, " ", [.. widths.Select(width => new string('-', width))], widths);
        foreach (var (mark, cells) in lines)
        {
            Append(table, mark, cells, widths);
        }

        return table.ToString();
    }

    private static string[] CellsOf(StatusRow row) => [row.Name, row.State, row.Health, row.ProcessId, row.Address];

    private static void Append(StringBuilder table, string mark, string[] cells, int[] widths) =>
        table.Append(mark).Append(string.Join("  ", cells.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()).Append('\n');
}
