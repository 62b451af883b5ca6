using System.IO.Compression;
using Delegation.Reporting.V1;

namespace Delegation.Reporting.Formats;

/// <summary>
/// Reports as a workbook (ECMA-376): a sheet that says what it is, and one for each table, with real numbers and days. Written part after part into
/// an archive that goes out as it grows; packages that offer the same keep whole sheets in memory.
/// </summary>
internal sealed class XlsxFormat : IReportFormat
{
    private const int FlushAt = 64 * 1024;

    // What a sheet has room for: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
    internal const int MostRows = 1_048_576;

    public DownloadReportRequest.Types.Format Format => DownloadReportRequest.Types.Format.Xlsx;

    public string ContentType => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public string Ending => ".xlsx";

    public async IAsyncEnumerable<byte[]> WriteAsync(PublishedReport report, string language)
    {
        var words = new ReportWords(language);
        var book = new Workbook();
        using var bytes = new OutgoingBytes();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var sheet = book.Open(archive, report.Content.Title, [72, 66], frozenRows: 0))
                Cover(sheet, report, words);

            foreach (var table in report.Content.Tables)
            {
                var shown = 0L;
                var sheet = Open(archive, book, table, words);
                try
                {
                    await foreach (var line in report.Lines(table.Key))
                    {
                        // Three rows are left for the total, the count and the note.
                        if (sheet.Rows >= MostRows - 3)
                        {
                            sheet.Dispose();
                            sheet = Open(archive, book, table, words);
                        }

                        sheet.Row(table.Columns, line.Cells, isTotal: false);
                        shown++;
                        if (bytes.Waiting > FlushAt)
                            yield return bytes.Take();
                    }

                    if (table.Totals.Count > 0)
                        sheet.Row(table.Columns, table.Totals, isTotal: true);
                    sheet.Texts([words.NofN(shown, table)], CellStyle.Text);
                    if (words.Note(table) is { Length: > 0 } note)
                        sheet.Texts([note], CellStyle.Text);
                }
                finally
                {
                    sheet.Dispose();
                }
            }

            book.Close(archive);
        }

        yield return bytes.Take();
    }

    private static Worksheet Open(ZipArchive archive, Workbook book, ReportTable table, ReportWords words)
    {
        var sheet = book.Open(archive, words.Title(table), [.. table.Columns.Select(column => column.Type == ColumnType.Text ? 28d : 16d)], frozenRows: 1);
        sheet.Heads([.. table.Columns.Select(words.Title)]);
        return sheet;
    }

    private static void Cover(Worksheet sheet, PublishedReport report, ReportWords words)
    {
        sheet.Texts([report.Content.Title], CellStyle.Head);
        foreach (var (name, value) in words.Head(report))
            sheet.Texts([name, value], CellStyle.Text);

        sheet.Texts([words.Tables, words.Lines], CellStyle.Head);
        foreach (var table in report.Content.Tables)
            sheet.Named(words.Title(table), new ReportCell { Number = table.LineCount }, ColumnType.Count);

        sheet.Texts([words.ControlTotals], CellStyle.Head);
        foreach (var control in report.Content.ControlTotals)
            sheet.Named(words.Title(control), new ReportCell { Number = control.Number }, control.Type);
    }
}
