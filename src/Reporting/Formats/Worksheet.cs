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

    private readonly XmlWriter _xml;

    public Worksheet(Stream part, IReadOnlyList<double> widths, int frozenRows)
    {
        _xml = XmlWriter.Create(part, new XmlWriterSettings { CloseOutput = true, CheckCharacters = false });
        _xml.WriteStartDocument(standalone: true);
        _xml.WriteStartElement("worksheet", Workbook.Main);
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
            Cell(cells[place], columns[place].Type, isTotal);
        _xml.WriteEndElement();
    }

    public void Dispose()
    {
        _xml.WriteEndDocument();
        _xml.Dispose();
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
