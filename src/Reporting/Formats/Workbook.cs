using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace Delegation.Reporting.Formats;

/// <summary>The parts of a workbook around its sheets: ECMA-376 part 1, 12 and 18.2, 18.8.</summary>
internal sealed class Workbook
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    private const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    private const int LongestName = 31;

    // Archives know no earlier day; the same report is always the same files.
    private static readonly DateTimeOffset AnyTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string Styles =
        $"""
        {Declaration}<styleSheet xmlns="{Main}"><numFmts count="4"><numFmt numFmtId="164" formatCode="#,##0.00\ &quot;€&quot;"/><numFmt numFmtId="165" formatCode="#,##0.000"/>
        <numFmt numFmtId="166" formatCode="#,##0.0"/><numFmt numFmtId="167" formatCode="dd/mm/yyyy"/></numFmts>
        <fonts count="2"><font><sz val="10"/><name val="Calibri"/></font><font><b/><sz val="10"/><name val="Calibri"/></font></fonts>
        <fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
        <fill><patternFill patternType="solid"><fgColor rgb="FFEDEDED"/></patternFill></fill></fills>
        <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
        <cellXfs count="16">{string.Concat(new[] { false, true }.SelectMany(isTotal => Formats.Select((format, place) => Style(format, isBold: isTotal || place == (int)CellStyle.Head, wraps: place == (int)CellStyle.Head))))}</cellXfs>
        </styleSheet>
        """;

    private readonly List<string> _sheets = [];
    private readonly List<int> _withHead = [];

    // In the order of CellStyle.
    private static int[] Formats => [0, 0, 3, 164, 10, 165, 166, 167];

    /// <summary>Begins a sheet. One is written at a time.</summary>
    public Worksheet Open(ZipArchive archive, string title, IReadOnlyList<double> widths, int frozenRows)
    {
        _sheets.Add(Name(title));
        if (frozenRows > 0)
            _withHead.Add(_sheets.Count - 1);
        return new Worksheet(Entry(archive, $"xl/worksheets/sheet{_sheets.Count}.xml"), widths, frozenRows);
    }

    /// <summary>Writes what names the sheets.</summary>
    public void Close(ZipArchive archive)
    {
        var numbered = _sheets.Select((name, index) => (Name: SecurityElement.Escape(name), Number: (index + 1).ToString(CultureInfo.InvariantCulture))).ToArray();
        var sheets = string.Concat(numbered.Select(sheet => $"<sheet name=\"{sheet.Name}\" sheetId=\"{sheet.Number}\" r:id=\"s{sheet.Number}\"/>"));
        var relations = string.Concat(numbered.Select(sheet => Relation($"s{sheet.Number}", "worksheet", $"worksheets/sheet{sheet.Number}.xml")));
        var types = string.Concat(numbered.Select(sheet => Type($"/xl/worksheets/sheet{sheet.Number}.xml", "worksheet")));
        Write(archive, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>{sheets}</sheets>{Heads(numbered.Select(sheet => sheet.Name).ToArray())}</workbook>");
        Write(archive, "xl/_rels/workbook.xml.rels", Related(relations + Relation("styles", "styles", "styles.xml")));
        Write(archive, "_rels/.rels", Related(Relation("book", "officeDocument", "xl/workbook.xml")));
        Write(archive, "[Content_Types].xml",
            $"<Types xmlns=\"{Package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + $"<Default Extension=\"xml\" ContentType=\"application/xml\"/>{Type("/xl/workbook.xml", "sheet.main")}{Type("/xl/styles.xml", "styles")}{types}</Types>");
        using var styles = new StreamWriter(Entry(archive, "xl/styles.xml"), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        styles.Write(Styles);
    }

    // Head and first column of a table stand on each page that is printed.
    private string Heads(string[] names) => _withHead.Count == 0 ? "" : $"<definedNames>{string.Concat(_withHead.Select(place => string.Create(
        CultureInfo.InvariantCulture, $"<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{place}\">'{names[place]}'!$A:$A,'{names[place]}'!$1:$1</definedName>")))}</definedNames>";

    // Names of sheets are short, have none of these signs, and each is there once.
    private string Name(string title)
    {
        var plain = string.Concat(title.Select(sign => sign is '[' or ']' or ':' or '*' or '?' or '/' or '\\' or '\'' || char.IsControl(sign) ? ' ' : sign)).Trim();
        for (var number = 1; ; number++)
        {
            var end = number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({number})");
            var name = (plain.Length + end.Length > LongestName ? plain[..(LongestName - end.Length)].Trim() : plain) + end;
            if (name.Length > 0 && !_sheets.Contains(name, StringComparer.OrdinalIgnoreCase))
                return name;
        }
    }

    private static string Related(string relations) => $"<Relationships xmlns=\"{Package}/relationships\">{relations}</Relationships>";

    private static string Relation(string id, string type, string target) => $"<Relationship Id=\"{id}\" Type=\"{Relations}/{type}\" Target=\"{target}\"/>";

    private static string Type(string part, string type) => $"<Override PartName=\"{part}\" ContentType=\"{Types}.{type}+xml\"/>";

    private static string Style(int format, bool isBold, bool wraps) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <xf numFmtId="{format}" fontId="{(isBold ? 1 : 0)}" fillId="{(isBold ? 2 : 0)}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1">{(wraps ? "<alignment vertical=\"top\" wrapText=\"1\"/>" : "")}</xf>
        """);

    private static void Write(ZipArchive archive, string name, string xml)
    {
        using var part = new StreamWriter(Entry(archive, name), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        part.Write(Declaration + xml);
    }

    private static Stream Entry(ZipArchive archive, string name)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = AnyTime;
        return entry.Open();
    }
}
