using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using Delegation.Documents.Tests;
using Delegation.Reporting.Formats;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace Delegation.Reporting.Tests.Reports;

/// <summary>Each format is read back by somebody else's reader, and says of every line what the data says.</summary>
public sealed class All_formats_say_the_same
{
    private const int PartOfAnyFormat = 4 * 1024 * 1024;

    public static TheoryData<int> Counts => [1, 20, 21, 2_001, 100_000];

    [Theory]
    [MemberData(nameof(Counts))]
    public async Task JSON_holds_every_line(int count)
    {
        using var json = JsonDocument.Parse(await FileAsync(new JsonFormat(), count));

        var table = json.RootElement.GetProperty("tables")[0];
        var lines = table.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("cells")).ToArray();
        Assert.Equal((count, count), (lines.Length, table.GetProperty("line_count").GetInt32()));
        Holds(count, lines.Sum(cells => cells[2].GetInt64()), lines.Sum(cells => cells[3].GetInt64()));
        Holds(count, table.GetProperty("totals")[2].GetInt64(), table.GetProperty("totals")[3].GetInt64());
        Assert.Equal(table.GetProperty("totals")[3].GetInt64(), json.RootElement.GetProperty("control_totals")[0].GetProperty("number").GetInt64());
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public async Task CSV_holds_every_line(int count)
    {
        var rows = Encoding.UTF8.GetString(await FileAsync(new CsvFormat(), count)).TrimStart('\uFEFF').Split("\r\n").Select(Cells).ToArray();

        var lines = rows.Where(cells => cells[0].StartsWith("Poste n°", StringComparison.Ordinal)).ToArray();
        var total = rows.Single(cells => cells.Length == 7 && cells[0].Length == 0);
        Assert.Equal(count, lines.Length);
        Holds(count, lines.Sum(cells => long.Parse(cells[2], CultureInfo.InvariantCulture)), lines.Sum(cells => Cents(cells[3])));
        Holds(count, long.Parse(total[2], CultureInfo.InvariantCulture), Cents(total[3]));
        Assert.Equal(Cents(total[3]), Cents(rows.Single(cells => cells[0] == "Prestations des lignes")[1]));
        Assert.Contains(rows, cells => cells[0] == $"{CellText.Count(count)} sur {CellText.Count(count)} lignes".Replace('\u00A0', ' '));
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public async Task XLSX_holds_every_line_with_real_numbers_and_days(int count)
    {
        using var file = new MemoryStream(await FileAsync(new XlsxFormat(), count));
        using var book = SpreadsheetDocument.Open(file, isEditable: false);
        if (count < 100)
            Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(book).Select(error => $"{error.Path?.XPath} {error.Description}"));

        var names = book.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().ToArray();
        Assert.Equal(["Reporting technique mensuel", "Prestations par mois – vision c"], names.Select(sheet => sheet.Name!.Value!));
        var rows = Rows((WorksheetPart)book.WorkbookPart.GetPartById(names[1].Id!)).ToArray();
        var lines = rows[1..^2];
        Assert.Equal("Poste", rows[0][0]);
        Assert.Equal(count, lines.Length);
        Holds(count, lines.Sum(cells => long.Parse(cells[2], CultureInfo.InvariantCulture)), lines.Sum(cells => Cents(cells[3])));
        Holds(count, long.Parse(rows[^2][2], CultureInfo.InvariantCulture), Cents(rows[^2][3]));
        Assert.Equal(new DateTime(2026, 1, 1), DateTime.FromOADate(double.Parse(lines[0][1], CultureInfo.InvariantCulture)));
        Assert.Equal(("Total", "0.812345"), (rows[^2][0], rows[^2][4]));
        Assert.Contains(" sur ", rows[^1][0], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public async Task PDF_holds_every_line(int count)
    {
        var pages = new ReadFile(await FileAsync(new PdfFormat(), count)).Pages().ToArray();

        var text = pages.SelectMany(page => page.Split('\n')).Select(line => line.Replace('\u00A0', ' ')).ToArray();
        Assert.Equal(count, text.Count(line => line.StartsWith("Poste n° ", StringComparison.Ordinal)));
        var benefits = Enumerable.Range(0, count).Sum(place => (place * 997L) - 300);
        // In the line of totals and among the control totals.
        Assert.True(text.Count(line => line.EndsWith('€') && Cents(line) == benefits) >= 2);
        Assert.Contains(text, line => line.EndsWith($" sur {CellText.Count(count).Replace('\u00A0', ' ')} lignes", StringComparison.Ordinal));
        Assert.All(pages.Index(), page => Assert.Contains($"Page {page.Index + 1} / ", page.Item, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_format_keeps_more_than_a_part_of_a_large_table_in_memory()
    {
        foreach (var format in new IReportFormat[] { new JsonFormat(), new CsvFormat(), new XlsxFormat(), new PdfFormat() })
        {
            var largest = 0;
            await foreach (var part in format.WriteAsync(MadeUpReport.Published(20_000), "fr"))
                largest = Math.Max(largest, part.Length);

            Assert.True(largest < PartOfAnyFormat / 8, $"{format.Format} has a part of {largest} bytes.");
        }
    }

    private static async Task<byte[]> FileAsync(IReportFormat format, int count)
    {
        using var file = new MemoryStream();
        await foreach (var part in format.WriteAsync(MadeUpReport.Published(count), "fr"))
            file.Write(part);
        return file.ToArray();
    }

    private static void Holds(int count, long acts, long benefits)
    {
        Assert.Equal((long)count * (count + 1) / 2, acts);
        Assert.Equal((997L * count * (count - 1) / 2) - (300L * count), benefits);
    }

    // 1 234,56 €, 1234,56 or 1234.56; -1 for what is no amount.
    private static long Cents(string text) => decimal.TryParse(
        text.Replace(" ", "", StringComparison.Ordinal).Replace("€", "", StringComparison.Ordinal).Replace(',', '.'), NumberStyles.Number, CultureInfo.InvariantCulture, out var amount)
        ? (long)(amount * 100)
        : -1;

    private static string[] Cells(string line)
    {
        var cells = new List<string> { "" };
        var quoted = false;
        foreach (var sign in line)
            if (sign == '"')
                quoted = !quoted;
            else if (sign == ';' && !quoted)
                cells.Add("");
            else
                cells[^1] += sign;
        return [.. cells];
    }

    private static IEnumerable<string[]> Rows(WorksheetPart part)
    {
        using var reader = XmlReader.Create(part.GetStream());
        var cells = new List<string>();
        reader.ReadToFollowing("sheetData");
        while (reader.Read() && reader.LocalName != "sheetData")
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "c")
                cells.Add("");
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace)
                cells[^1] = reader.Value;
            else if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "row")
            {
                yield return [.. cells];
                cells.Clear();
            }
    }
}
