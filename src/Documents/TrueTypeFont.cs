using System.Buffers.Binary;
using System.Text;

namespace Delegation.Documents;

/// <summary>
/// A font that comes with the platform, so that what a document looks like depends on no font of a machine. What is read of it:
/// https://learn.microsoft.com/typography/opentype/spec/otff.
/// </summary>
internal sealed class TrueTypeFont
{
    private const int LastOfThePlane = 0xFFFF;

    private static readonly Lazy<TrueTypeFont> RegularFont = new(() => new("OpenSans-Regular"));
    private static readonly Lazy<TrueTypeFont> BoldFont = new(() => new("OpenSans-Bold"));

    private readonly byte[] _file;
    private readonly Dictionary<string, (int From, int Length)> _tables = [];
    private readonly Dictionary<int, ushort> _glyphs = [];
    private readonly int _unitsPerEm;
    private readonly int _advances;

    private TrueTypeFont(string name)
    {
        Name = name;
        using var resource = typeof(TrueTypeFont).Assembly.GetManifestResourceStream($"fonts/{name}.ttf")!;
        _file = new byte[resource.Length];
        resource.ReadExactly(_file);
        for (var entry = 12; entry < 12 + (16 * UInt16(4)); entry += 16)
            _tables[Encoding.ASCII.GetString(_file, entry, 4)] = ((int)UInt32(entry + 8), (int)UInt32(entry + 12));

        _unitsPerEm = UInt16(At("head") + 18);
        _advances = UInt16(At("hhea") + 34);
        GlyphCount = UInt16(At("maxp") + 4);
        ReadCharacters();
    }

    public static TrueTypeFont Regular => RegularFont.Value;

    public static TrueTypeFont Bold => BoldFont.Value;

    public string Name { get; }

    public int GlyphCount { get; }

    /// <summary>Above the foot of letters, in thousandths of the size.</summary>
    public int Ascent => Thousandths(Int16(At("hhea") + 4));

    /// <summary>Below it: less than 0.</summary>
    public int Descent => Thousandths(Int16(At("hhea") + 6));

    /// <summary>What all signs fit in: left, bottom, right, top, in thousandths of the size.</summary>
    public IReadOnlyList<int> Box => [.. Enumerable.Range(0, 4).Select(side => Thousandths(Int16(At("head") + 36 + (2 * side))))];

    /// <summary>The glyph of a sign; 0, an empty box, for one that the font has not.</summary>
    public ushort Glyph(Rune sign) => _glyphs.GetValueOrDefault(sign.Value);

    /// <summary>How far a glyph moves on, in thousandths of the size.</summary>
    public int Advance(ushort glyph) => Thousandths(UInt16(At("hmtx") + (4 * Math.Min(glyph, _advances - 1))));

    /// <summary>The width of a text, in thousandths of its size.</summary>
    public int Measure(string text) => text.EnumerateRunes().Sum(sign => Advance(Glyph(sign)));

    public bool Has(string table) => _tables.ContainsKey(table);

    public ReadOnlySpan<byte> Table(string table) => _file.AsSpan(At(table), _tables[table].Length);

    /// <summary>The outline of a glyph; empty for a blank.</summary>
    public ReadOnlySpan<byte> Outline(int glyph)
    {
        var isLong = UInt16(At("head") + 50) == 1;
        var (from, to) = isLong
            ? ((int)UInt32(At("loca") + (4 * glyph)), (int)UInt32(At("loca") + (4 * glyph) + 4))
            : (2 * UInt16(At("loca") + (2 * glyph)), 2 * UInt16(At("loca") + (2 * glyph) + 2));
        return _file.AsSpan(At("glyf") + from, to - from);
    }

    // The segments of format 4, which has the signs of the basic plane: all that the font has.
    private void ReadCharacters()
    {
        var from = At("cmap") + CharacterTable();
        var segments = UInt16(from + 6) / 2;
        for (var segment = 0; segment < segments; segment++)
        {
            var place = from + 14 + (2 * segment);
            var (last, first, delta) = (UInt16(place), UInt16(place + (2 * segments) + 2), UInt16(place + (4 * segments) + 2));
            var offsets = place + (6 * segments) + 2;
            var offset = UInt16(offsets);
            for (int sign = first; sign <= last && sign < LastOfThePlane; sign++)
            {
                var glyph = offset == 0 ? sign : UInt16(offsets + offset + (2 * (sign - first)));
                if (glyph != 0)
                    _glyphs[sign] = (ushort)(glyph + delta);
            }
        }
    }

    private int CharacterTable()
    {
        for (var entry = At("cmap") + 4; entry < At("cmap") + 4 + (8 * UInt16(At("cmap") + 2)); entry += 8)
            if (UInt16(At("cmap") + (int)UInt32(entry + 4)) == 4)
                return (int)UInt32(entry + 4);

        throw new InvalidDataException($"The font {Name} has no table of characters in format 4.");
    }

    private int At(string table) => _tables[table].From;

    private int Thousandths(int units) => (int)Math.Round(units * 1000d / _unitsPerEm, MidpointRounding.AwayFromZero);

    private ushort UInt16(int place) => BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(place));

    private short Int16(int place) => BinaryPrimitives.ReadInt16BigEndian(_file.AsSpan(place));

    private uint UInt32(int place) => BinaryPrimitives.ReadUInt32BigEndian(_file.AsSpan(place));
}
