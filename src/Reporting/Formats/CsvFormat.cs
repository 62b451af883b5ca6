using System.Text;
using Delegation.Reporting.Reports;
using Delegation.Reporting.V1;

namespace Delegation.Reporting.Formats;

/// <summary>Reports as CSV: UTF-8, semicolons, numbers as French spreadsheets read them; the tables one below the other.</summary>
internal sealed class CsvFormat : IReportFormat
{
    private const int FlushAt = 64 * 1024;

    public DownloadReportRequest.Types.Format Format => DownloadReportRequest.Types.Format.Csv;

    public string ContentType => "text/csv; charset=utf-8";

    public string Ending => ".csv";

    public async IAsyncEnumerable<byte[]> WriteAsync(PublishedReport report, string language)
    {
        var words = new ReportWords(language);
        var text = new StringBuilder();
        // A spreadsheet takes a file for UTF-8 by its byte order mark.
        yield return [.. Encoding.UTF8.Preamble];

        Line(text, [report.Content.Title]);
        foreach (var (name, value) in words.Head(report))
            Line(text, [name, value]);

        foreach (var table in report.Content.Tables)
        {
            Line(text, []);
            Line(text, [words.Title(table)]);
            Line(text, table.Columns.Select(words.Title));
            var shown = 0L;
            await foreach (var line in report.Lines(table.Key))
            {
                Line(text, Cells(table, line.Cells));
                shown++;
                if (text.Length > FlushAt)
                    yield return Take(text);
            }

            if (table.Totals.Count > 0)
                Line(text, Cells(table, table.Totals));
            Line(text, [words.NofN(shown, table).Replace('\u00A0', ' ')]);
        }

        Line(text, []);
        Line(text, [words.ControlTotals]);
        foreach (var control in report.Content.ControlTotals)
            Line(text, [words.Title(control), CellText.ForSpreadsheets(new ReportCell { Number = control.Number }, control.Type)]);
        yield return Take(text);
    }

    private static IEnumerable<string> Cells(ReportTable table, IEnumerable<ReportCell> cells) =>
        cells.Zip(table.Columns, (cell, column) => cell.HasText ? Harmless(cell.Text) : CellText.ForSpreadsheets(cell, column.Type));

    // A spreadsheet takes what begins so for a formula, and texts come from files of others: https://owasp.org/www-community/attacks/CSV_Injection
    private static string Harmless(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? $"'{text}" : text;

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.Append(Csv.Line(cells));

    private static byte[] Take(StringBuilder text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        text.Clear();
        return bytes;
    }
}
