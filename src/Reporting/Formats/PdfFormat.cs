using Delegation.Documents;
using Delegation.Reporting.Reports;
using Delegation.Reporting.V1;

namespace Delegation.Reporting.Formats;

/// <summary>Reports as PDF, to print and to show in committees: what it is, control totals, charts, and every table whole.</summary>
internal sealed class PdfFormat : IReportFormat
{
    private const int RowsPerBlock = 200;

    // More would be too thin to be seen.
    private const int MostPoints = 60;

    public DownloadReportRequest.Types.Format Format => DownloadReportRequest.Types.Format.Pdf;

    public string ContentType => "application/pdf";

    public string Ending => ".pdf";

    public async IAsyncEnumerable<byte[]> WriteAsync(PublishedReport report, string language)
    {
        var words = new ReportWords(language);
        var pdf = new LongPdf(Cover(report, words));
        foreach (var table in report.Content.Tables)
        {
            pdf.Add(new Block.Heading(1, words.Title(table)));
            if (words.Note(table) is { Length: > 0 } note)
                pdf.Add(new Block.Note(note));
            foreach (var chart in report.Content.Charts.Where(chart => chart.TableKey == table.Key))
                pdf.Add(Chart(chart, table, await report.Lines(table.Key).Take(MostPoints).ToListAsync(), words));

            var columns = Columns(table, words);
            var shown = 0L;
            await foreach (var lines in report.Lines(table.Key).Chunk(RowsPerBlock))
            {
                pdf.Add(new Block.Table(columns, [.. lines.Select(line => Row(table, line.Cells))]) { Continues = shown > 0 });
                shown += lines.Length;
                yield return pdf.Take();
            }

            if (table.Totals.Count > 0)
                pdf.Add(new Block.Table(columns, [Total(table)]) { Continues = shown > 0, IsStrong = true });
            pdf.Add(new Block.Note(words.NofN(shown, table)));
        }

        yield return pdf.End();
    }

    private static Document Cover(PublishedReport report, ReportWords words)
    {
        IReadOnlyList<string>[] controls =
        [
            .. report.Content.ControlTotals.Select(control => (IReadOnlyList<string>)
            [
                words.Title(control), CellText.ForPeople(new ReportCell { Number = control.Number }, new ReportColumn { Type = control.Type, Currency = control.Currency }),
            ]),
            .. report.Content.Tables.Select(table => (IReadOnlyList<string>)[$"{words.Title(table)} ({words.Lines.ToLowerInvariant()})", CellText.Count(table.LineCount)]),
        ];
        return new Document
        {
            Id = Guid.Parse(report.Content.ReportId),
            Time = report.Version.PublishTime.ToDateTimeOffset(),
            Title = report.Content.Title,
            Footer = $"{report.Content.Title} – v{report.Content.Version} – SHA-256 {report.Version.Sha256[..16]}…",
            Paper = Paper.Landscape,
            Blocks =
            [
                new Block.Headline(report.Content.Title),
                new Block.Table([new("", 3), new("", 7)], [.. words.Head(report).Select(line => (IReadOnlyList<string>)[line.Name, line.Value])]),
                new Block.Heading(1, words.ControlTotals),
                new Block.Table([new("", 7), new("", 3) { IsToTheRight = true }], controls),
            ],
        };
    }

    private static Block.Chart Chart(ReportChart chart, ReportTable table, List<ReportLine> lines, ReportWords words)
    {
        var x = table.Place(chart.XColumnKey);
        var series = chart.SeriesColumnKeys.Select(table.Place).ToArray();
        var drawn = table.Columns[series[0]];
        return new Block.Chart(
            words.Title(chart),
            chart.Kind == ReportChart.Types.Kind.Line,
            [.. lines.Select(line => CellText.ForPeople(line.Cells[x], table.Columns[x]))],
            [.. series.Select(place => new ChartSeries(
                words.Title(table.Columns[place]), [.. lines.Select(line => line.Cells[place].HasNumber ? line.Cells[place].Number / Unit(drawn.Type) : default(double?))]))],
            drawn.Type switch { ColumnType.Money => drawn.Currency == "EUR" ? "€" : drawn.Currency, ColumnType.Ratio => "%", _ => "" });
    }

    // How many of a cell's units are one of those that the axis shows.
    private static double Unit(ColumnType type) => type switch
    {
        ColumnType.Money => 100,
        ColumnType.Ratio => 10_000,
        ColumnType.Decimal or ColumnType.Days => 1_000_000,
        _ => 1,
    };

    // As wide as what stands in it: its total is the longest number.
    private static Column[] Columns(ReportTable table, ReportWords words) =>
    [
        .. table.Columns.Select((column, place) =>
        {
            var title = words.Title(column);
            var longest = Math.Max(title.Split(' ').Max(word => word.Length), table.Totals.Count > 0 ? CellText.ForPeople(table.Totals[place], column).Length : 0);
            return new Column(title, Math.Clamp(longest, column.Type == ColumnType.Text ? 14 : 8, 24)) { IsToTheRight = column.Type is not (ColumnType.Text or ColumnType.Day) };
        }),
    ];

    private static IReadOnlyList<string> Row(ReportTable table, IEnumerable<ReportCell> cells) =>
        [.. cells.Zip(table.Columns, CellText.ForPeople)];

    private static IReadOnlyList<string> Total(ReportTable table) =>
    [
        .. table.Totals.Zip(table.Columns, (cell, column) => cell.HasNumber || cell.HasText ? CellText.ForPeople(cell, column) : "")
            .Select((text, place) => place == 0 && text.Length == 0 ? ReportWords.Total : text),
    ];
}
