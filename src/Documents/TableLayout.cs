namespace Delegation.Documents;

/// <summary>The rows of a table as pieces.</summary>
internal static class TableLayout
{
    private const double Padding = 4;
    private const double Space = 8;

    // What has more columns is written smaller.
    private const int MostColumns = 8;

    public static IEnumerable<Piece> Of(Block.Table table, double width, double height)
    {
        var (style, strong) = table.Columns.Count > MostColumns ? (TextStyle.Tiny, TextStyle.TinyHead) : (TextStyle.Small, TextStyle.Head);
        // What is longer than this is cut: it would leave most of a page empty, or not fit on one.
        var mostLines = (int)((height - 60) / style.Leading);
        var all = table.Columns.Sum(column => column.Share);
        var widths = table.Columns.Select(column => width * column.Share / all).ToArray();
        var hasHead = table.Columns.Any(column => column.Title.Length > 0);
        var head = hasHead ? Row(table, Lines([.. table.Columns.Select(column => column.Title)], widths, strong), widths, strong, isHead: true) with { Space = Space, KeepsNext = true } : null;
        if (head is not null && !table.Continues)
            yield return head;

        var isFirst = head is null;
        var text = table.IsStrong ? strong : style;
        foreach (var row in table.Rows)
            foreach (var part in Parts(Lines(row, widths, text), mostLines))
            {
                yield return Row(table, part, widths, text, isHead: false) with { Space = isFirst ? Space : 0, Head = head };
                isFirst = false;
            }
    }

    private static Piece Row(Block.Table table, string[][] cells, double[] widths, TextStyle style, bool isHead)
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
                        sheet.Line(
                            line, style, x + (table.Columns[index].IsToTheRight ? widths[index] - Padding - style.Measure(line) : Padding), top + Padding + (place * style.Leading));
                    x += widths[index];
                }

                sheet.Rule(top + height);
            },
        };
    }

    private static string[][] Lines(IReadOnlyList<string> row, double[] widths, TextStyle style) =>
        [.. row.Select((text, index) => LineBreaks.Of(text, widths[index] - (2 * Padding), style.Measure).ToArray())];

    private static IEnumerable<string[][]> Parts(string[][] cells, int mostLines)
    {
        for (var from = 0; from == 0 || cells.Any(lines => lines.Length > from); from += mostLines)
            yield return [.. cells.Select(lines => lines.Skip(from).Take(mostLines).ToArray())];
    }
}
