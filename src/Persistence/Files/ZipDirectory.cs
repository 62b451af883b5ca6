using System.Buffers.Binary;
using System.Text;

namespace Delegation.Persistence.Files;

/// <summary>
/// The names in a ZIP file, from the directory at its end, which a truncated file has not:
/// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.12 and 4.3.16. Nothing is unpacked, and memory is bounded.
/// </summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int EntryLength = 46;
    private const int LongestComment = 65535;

    // Documents have some hundred entries.
    private const int LargestDirectory = 1 << 20;

    /// <summary>The names, or null when the directory is missing, damaged or larger than that of any document.</summary>
    public static IReadOnlySet<string>? Names(Stream bytes)
    {
        var tail = Read(bytes, Math.Max(0, bytes.Length - EndLength - LongestComment), (int)Math.Min(bytes.Length, EndLength + LongestComment));
        var end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || end > tail.Length - EndLength)
            return null;

        var size = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 12));
        var from = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        return size <= LargestDirectory && from + (long)size <= bytes.Length ? NamesIn(Read(bytes, from, (int)size)) : null;
    }

    private static HashSet<string>? NamesIn(ReadOnlySpan<byte> directory)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!directory.IsEmpty)
        {
            if (directory.Length < EntryLength || !directory.StartsWith("PK\u0001\u0002"u8))
                return null;

            var name = BinaryPrimitives.ReadUInt16LittleEndian(directory[28..]);
            var length = EntryLength + name + BinaryPrimitives.ReadUInt16LittleEndian(directory[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(directory[32..]);
            if (length > directory.Length)
                return null;

            names.Add(Encoding.UTF8.GetString(directory.Slice(EntryLength, name)));
            directory = directory[length..];
        }

        return names;
    }

    private static byte[] Read(Stream bytes, long from, int length)
    {
        var part = new byte[length];
        bytes.Position = from;
        bytes.ReadExactly(part);
        return part;
    }
}
