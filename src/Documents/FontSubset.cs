using System.Buffers.Binary;
using System.Text;

namespace Delegation.Documents;

/// <summary>A font with the outlines of some glyphs alone, each under the number that it had: a tenth of the whole font in a document.</summary>
internal static class FontSubset
{
    private static readonly string[] Copied = ["cvt ", "fpgm", "hhea", "hmtx", "maxp", "prep"];

    // https://learn.microsoft.com/typography/opentype/spec/glyf#composite-glyph-description
    private const int WideArguments = 0x1, OneScale = 0x8, MoreParts = 0x20, TwoScales = 0x40, FourScales = 0x80;

    public static byte[] Of(TrueTypeFont font, IEnumerable<ushort> glyphs)
    {
        var kept = WithParts(font, glyphs);
        var (outlines, places) = Outlines(font, kept);
        var head = font.Table("head").ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(50), 1);

        var tables = new SortedDictionary<string, byte[]>(StringComparer.Ordinal) { ["glyf"] = outlines, ["head"] = head, ["loca"] = places };
        foreach (var table in Copied.Where(font.Has))
            tables[table] = font.Table(table).ToArray();

        return File(tables);
    }

    // An accented letter is made of a letter and an accent.
    private static SortedSet<int> WithParts(TrueTypeFont font, IEnumerable<ushort> glyphs)
    {
        var kept = new SortedSet<int> { 0 };
        var open = new Stack<int>(glyphs.Select(glyph => (int)glyph));
        while (open.TryPop(out var glyph))
            if (kept.Add(glyph))
                foreach (var part in PartsOf(font.Outline(glyph)))
                    open.Push(part);

        return kept;
    }

    private static List<int> PartsOf(ReadOnlySpan<byte> outline)
    {
        var parts = new List<int>();
        if (outline.IsEmpty || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0)
            return parts;

        int flags;
        var place = 10;
        do
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(outline[place..]);
            parts.Add(BinaryPrimitives.ReadUInt16BigEndian(outline[(place + 2)..]));
            place += 4 + ((flags & WideArguments) != 0 ? 4 : 2)
                + ((flags & OneScale) != 0 ? 2 : (flags & TwoScales) != 0 ? 4 : (flags & FourScales) != 0 ? 8 : 0);
        }
        while ((flags & MoreParts) != 0);

        return parts;
    }

    private static (byte[] Outlines, byte[] Places) Outlines(TrueTypeFont font, SortedSet<int> kept)
    {
        using var outlines = new MemoryStream();
        var places = new byte[4 * (font.GlyphCount + 1)];
        for (var glyph = 0; glyph < font.GlyphCount; glyph++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(places.AsSpan(4 * glyph), (uint)outlines.Length);
            if (kept.Contains(glyph))
                outlines.Write(font.Outline(glyph));
            while (outlines.Length % 4 != 0)
                outlines.WriteByte(0);
        }

        BinaryPrimitives.WriteUInt32BigEndian(places.AsSpan(4 * font.GlyphCount), (uint)outlines.Length);
        return (outlines.ToArray(), places);
    }

    private static byte[] File(SortedDictionary<string, byte[]> tables)
    {
        var power = 1 << (int)Math.Log2(tables.Count);
        var from = 12 + (16 * tables.Count);
        var file = new byte[from + tables.Values.Sum(table => Padded(table.Length))];
        BinaryPrimitives.WriteUInt32BigEndian(file, 0x00010000);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(4), (ushort)tables.Count);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(6), (ushort)(power * 16));
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(8), (ushort)Math.Log2(power));
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(10), (ushort)((tables.Count - power) * 16));
        foreach (var (index, (name, table)) in tables.Index())
        {
            var entry = file.AsSpan(12 + (16 * index));
            table.CopyTo(file.AsSpan(from));
            Encoding.ASCII.GetBytes(name, entry);
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], Sum(file.AsSpan(from, Padded(table.Length))));
            BinaryPrimitives.WriteUInt32BigEndian(entry[8..], (uint)from);
            BinaryPrimitives.WriteUInt32BigEndian(entry[12..], (uint)table.Length);
            from += Padded(table.Length);
        }

        return file;
    }

    private static int Padded(int length) => (length + 3) / 4 * 4;

    private static uint Sum(ReadOnlySpan<byte> table)
    {
        var sum = 0u;
        for (var place = 0; place < table.Length; place += 4)
            sum += BinaryPrimitives.ReadUInt32BigEndian(table[place..]);

        return sum;
    }
}
