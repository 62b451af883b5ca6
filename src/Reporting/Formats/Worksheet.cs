using System.Globalization;
using System.Xml;
using Delegation.Reporting.Reports;
using Delegation.Reporting.V1;

namespace Delegation.Reporting.Formats;

/// <summary>How cells of a workbook look, by the places of the styles in <see cref="Workbook"/>.</summary>
internal enum CellStyle
{
    Text,
    Head,
    Count,
    Money,
    Ratio,
    Decimal,
    Days,
    Day,

    /// <summary>Those of a line of totals begin here, in the same order.</summary>
    Total,
}

/// <summary>A sheet while it is written, row by row: ECMA-376 part 1, 18.3.</summary>
internal sealed class Worksheet : IDisposable
{
    private static readonly DateOnly DayZero = new(1899, 12, 30);

    // What stands side by side on a page in landscape and can still be read.
    private const double PageWidth = 150;
    private const double LineHeight = 13.5;

    // Bold letters are wider than those by which columns are measured.
    private const double Bold = 1.15;

    private readonly XmlWriter _xml;
    private readonly IReadOnlyList<double> _widths;
    private readonly int _pagesAcross;

    public Worksheet(Stream part, IReadOnlyList<double> widths, int frozenRows)
    {
        _xml = XmlWriter.Create(part, new XmlWriterSettings { CloseOutput = true, CheckCharacters = false });
        _xml.WriteStartDocument(standalone: true);
        _xml.WriteStartElement("worksheet", Workbook.Main);
        _xml.WriteRaw("<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>");
        _widths = widths;
        _pagesAcross = (int)Math.Ceiling(widths.Sum() / PageWidth);
        if (frozenRows > 0)
            _xml.WriteRaw(string.Create(
                CultureInfo.InvariantCulture,
                $"<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"{frozenRows}\" topLeftCell=\"A{frozenRows + 1}\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>"));
        _xml.WriteRaw($"<cols>{string.Concat(widths.Index().Select(width => string.Create(
            CultureInfo.InvariantCulture, $"<col min=\"{width.Index + 1}\" max=\"{width.Index + 1}\" width=\"{width.Item}\" customWidth=\"1\"/>")))}</cols>");
        _xml.WriteStartElement("sheetData");
    }

    /// <summary>How many rows it has so far.</summary>
    public int Rows { get; private set; }

    /// <summary>A row of texts.</summary>
    public void Texts(IEnumerable<string> texts, CellStyle style)
    {
        StartRow();
        foreach (var text in texts)
            Text(text, style);
        _xml.WriteEndElement();
    }

    /// <summary>The head of a table, as high as its longest title needs: not all programs make room by themselves.</summary>
    public void Heads(IReadOnlyList<string> titles)
    {
        StartRow();
        var lines = titles.Zip(_widths, LinesOf).Max();
        _xml.WriteAttributeString("ht", (lines * LineHeight).ToString(CultureInfo.InvariantCulture));
        _xml.WriteAttributeString("customHeight", "1");
        foreach (var title in titles)
            Text(title, CellStyle.Head);
        _xml.WriteEndElement();
    }

    /// <summary>A row of a name and what it has.</summary>
    public void Named(string name, ReportCell cell, ColumnType type)
    {
        StartRow();
        Text(name, CellStyle.Text);
        Cell(cell, type, isTotal: false);
        _xml.WriteEndElement();
    }

    /// <summary>A line of a table.</summary>
    public void Row(IReadOnlyList<ReportColumn> columns, IReadOnlyList<ReportCell> cells, bool isTotal)
    {
        StartRow();
        for (var place = 0; place < cells.Count; place++)
            if (isTotal && place == 0 && !cells[place].HasNumber && !cells[place].HasText)
                Text(ReportWords.Total, (CellStyle)((int)CellStyle.Text + (int)CellStyle.Total));
            else
                Cell(cells[place], columns[place].Type, isTotal);
        _xml.WriteEndElement();
    }

    public void Dispose()
    {
        _xml.WriteEndElement();
        _xml.WriteRaw(string.Create(
            CultureInfo.InvariantCulture,
            $"<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"{_pagesAcross}\" fitToHeight=\"0\"/>"));
        _xml.WriteRaw("<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>");
        _xml.WriteEndDocument();
        _xml.Dispose();
    }

    // Word after word, as they are wrapped.
    private static int LinesOf(string title, double width)
    {
        var (lines, used) = (1, 0d);
        foreach (var word in title.Split(' '))
        {
            var letters = word.Length * Bold;
            (lines, used) = used > 0 && used + 1 + letters > width ? (lines + 1, letters) : (lines, used + 1 + letters);
        }

        return lines;
    }

    private void StartRow()
    {
        _xml.WriteStartElement("row");
        Rows++;
    }

    private void Cell(ReportCell cell, ColumnType type, bool isTotal)
    {
        var style = Style(type) + (isTotal ? (int)CellStyle.Total : 0);
        if (cell.HasNumber)
            Value(CellText.Number(cell.Number, type), style);
        else if (cell.HasText && type == ColumnType.Day)
            Value((DateOnly.ParseExact(cell.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber - DayZero.DayNumber).ToString(CultureInfo.InvariantCulture), style);
        else
            Text(cell.Text, style);
    }

    private void Value(string number, CellStyle style)
    {
        _xml.WriteStartElement("c");
        _xml.WriteAttributeString("s", ((int)style).ToString(CultureInfo.InvariantCulture));
        _xml.WriteElementString("v", number);
        _xml.WriteEndElement();
    }

    private void Text(string text, CellStyle style)
    {
        _xml.WriteStartElement("c");
        _xml.WriteAttributeString("s", ((int)style).ToString(CultureInfo.InvariantCulture));
        if (text.Length > 0)
        {
            _xml.WriteAttributeString("t", "inlineStr");
            _xml.WriteStartElement("is");
            _xml.WriteStartElement("t");
            _xml.WriteAttributeString("xml", "space", null, "preserve");
            // What XML cannot hold is left out: 2.2 of https://www.w3.org/TR/xml/
            _xml.WriteString(string.Concat(text.Where((sign, place) => XmlConvert.IsXmlChar(sign) || char.IsSurrogate(sign))));
            _xml.WriteEndElement();
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
    }

    private static CellStyle Style(ColumnType type) => type switch
    {
        ColumnType.Count => CellStyle.Count,
        ColumnType.Money => CellStyle.Money,
        ColumnType.Ratio => CellStyle.Ratio,
        ColumnType.Decimal => CellStyle.Decimal,
        ColumnType.Days => CellStyle.Days,
        ColumnType.Day => CellStyle.Day,
        _ => CellStyle.Text,
    };
}
