using System.Globalization;
using System.Text;

namespace Delegation.Documents;

/// <summary>A font in a file: the glyphs that the file uses, and which signs they stand for, so that its text can be searched and copied.</summary>
/// <param name="key">Its name in pages.</param>
/// <param name="font">The font.</param>
internal sealed class PdfFont(string key, TrueTypeFont font)
{
    private const int LongestMap = 100;

    private readonly SortedDictionary<ushort, Rune> _used = [];

    public string Key => key;

    /// <summary>The fonts of a file.</summary>
    public static Dictionary<TrueTypeFont, PdfFont> All() =>
        new[] { TrueTypeFont.Regular, TrueTypeFont.Bold }.Index().ToDictionary(entry => entry.Item, entry => new PdfFont($"F{entry.Index}", entry.Item));

    /// <summary>A text in glyphs, two bytes for each.</summary>
    public byte[] Encode(string text)
    {
        var bytes = new List<byte>(2 * text.Length);
        foreach (var sign in text.EnumerateRunes())
        {
            var glyph = font.Glyph(sign);
            _used.TryAdd(glyph, sign);
            bytes.Add((byte)(glyph >> 8));
            bytes.Add((byte)glyph);
        }

        return [.. bytes];
    }

    /// <summary>Writes it, once all text is encoded.</summary>
    /// <returns>The number of its object.</returns>
    public int Write(PdfObjects file)
    {
        // The six letters say that it is a subset; readers take them for no name.
        var name = $"AAAAA{(char)('A' + key[^1] - '0')}+{font.Name}";
        var program = FontSubset.Of(font, _used.Keys);
        var stream = file.Add($"/Length1 {program.Length}", program);
        var descriptor = file.Add(
            $"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{string.Join(' ', font.Box)}] /ItalicAngle 0 /Ascent {font.Ascent} /Descent {font.Descent} /CapHeight 714 /StemV {(font == TrueTypeFont.Bold ? 140 : 80)} /FontFile2 {stream} 0 R >>");
        var widths = string.Join(' ', _used.Keys.Select(glyph => $"{glyph} [{font.Advance(glyph)}]"));
        var glyphs = file.Add(
            $"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} 0 R /DW 600 /W [{widths}] /CIDToGIDMap /Identity >>");
        var signs = file.Add("", Encoding.ASCII.GetBytes(Signs()));
        return file.Add($"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{glyphs} 0 R] /ToUnicode {signs} 0 R >>");
    }

    private string Signs()
    {
        var map = new StringBuilder(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Signs def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
        foreach (var part in _used.Chunk(LongestMap))
        {
            map.Append(CultureInfo.InvariantCulture, $"{part.Length} beginbfchar\n");
            foreach (var (glyph, sign) in part)
                map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(sign.ToString()))}>\n");
            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }
}
