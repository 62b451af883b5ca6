namespace Delegation.Documents;

/// <summary>The rows of a table as pieces.</summary>
internal static class TableLayout
{
    private const double Padding = 4;
    private const double Space = 8;

    // What is longer than this is cut: it would leave most of a page empty, or not fit on one.
    private static readonly int MostLines = (int)((Sheet.Height - 60) / TextStyle.Small.Leading);

    public static IEnumerable<Piece> Of(Block.Table table)
    {
        var all = table.Columns.Sum(column => column.Share);
        var widths = table.Columns.Select(column => Sheet.Width * column.Share / all).ToArray();
        var hasHead = table.Columns.Any(column => column.Title.Length > 0);
        var head = hasHead ? Row(Lines([.. table.Columns.Select(column => column.Title)], widths, TextStyle.Head), widths, TextStyle.Head, isHead: true) with { Space = Space, KeepsNext = true } : null;
        if (head is not null)
            yield return head;

        var isFirst = head is null;
        foreach (var row in table.Rows)
            foreach (var part in Parts(Lines(row, widths, TextStyle.Small)))
            {
                yield return Row(part, widths, TextStyle.Small, isHead: false) with { Space = isFirst ? Space : 0, Head = head };
                isFirst = false;
            }
    }

    private static Piece Row(string[][] cells, double[] widths, TextStyle style, bool isHead)
    {
        var height = (cells.Max(lines => lines.Length) * style.Leading) + (2 * Padding);
        return new Piece(0, height)
        {
            Draw = (sheet, top) =>
            {
                if (isHead)
                    sheet.Band(top, height);

                var x = 0d;
                foreach (var (index, lines) in cells.Index())
                {
                    foreach (var (place, line) in lines.Index())
                        sheet.Line(line, style, x + Padding, top + Padding + (place * style.Leading));
                    x += widths[index];
                }

                sheet.Rule(top + height);
            },
        };
    }

    private static string[][] Lines(IReadOnlyList<string> row, double[] widths, TextStyle style) =>
        [.. row.Select((text, index) => LineBreaks.Of(text, widths[index] - (2 * Padding), style.Measure).ToArray())];

    private static IEnumerable<string[][]> Parts(string[][] cells)
    {
        for (var from = 0; from == 0 || cells.Any(lines => lines.Length > from); from += MostLines)
            yield return [.. cells.Select(lines => lines.Skip(from).Take(MostLines).ToArray())];
    }
}
