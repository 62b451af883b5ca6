using System.Text;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Persistence.Files;

/// <summary>A type of files that the platform takes: its bytes say that they are of it, and where they end.</summary>
public sealed class FileType
{
    private const string Office = "application/vnd.openxmlformats-officedocument.";
    private const string OpenDocument = "application/vnd.oasis.opendocument.";

    private static readonly FileType[] All =
    [
        new("application/pdf", [".pdf"], bytes => Framed(bytes, "%PDF-"u8, "%%EOF"u8, within: 1024)),
        new("image/png", [".png"], bytes => Framed(bytes, [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], "IEND"u8, within: 8)),
        new("image/jpeg", [".jpg", ".jpeg"], bytes => Framed(bytes, [0xFF, 0xD8, 0xFF], [0xFF, 0xD9], within: 1024)),
        new($"{Office}wordprocessingml.document", [".docx"], bytes => Zipped(bytes, "word/document.xml")),
        new($"{Office}spreadsheetml.sheet", [".xlsx"], bytes => Zipped(bytes, "xl/workbook.xml")),
        new($"{Office}presentationml.presentation", [".pptx"], bytes => Zipped(bytes, "ppt/presentation.xml")),
        new($"{OpenDocument}text", [".odt"], bytes => ZippedDocument(bytes, $"mimetype{OpenDocument}text")),
        new($"{OpenDocument}spreadsheet", [".ods"], bytes => ZippedDocument(bytes, $"mimetype{OpenDocument}spreadsheet")),
        new("text/plain", [".txt"], Text),
        new("text/csv", [".csv"], Text),
    ];

    private readonly Func<Stream, Finding> _look;

    private FileType(string mediaType, string[] endings, Func<Stream, Finding> look) => (MediaType, Endings, _look) = (mediaType, endings, look);

    private enum Finding
    {
        OfTheType,
        Other,
        Truncated,
    }

    /// <summary>As <c>application/pdf</c>.</summary>
    public string MediaType { get; }

    /// <summary>Of the names of its files, in lower case.</summary>
    public IReadOnlyList<string> Endings { get; }

    /// <summary>The type that a content type stands for, whatever its parameters; null with a violation (<c>FILE_TYPE_REQUIRED</c>, <c>FILE_TYPE_UNKNOWN</c>).</summary>
    public static FileType? Read(string contentType, ICollection<FieldViolation> violations)
    {
        ArgumentNullException.ThrowIfNull(contentType);
        ArgumentNullException.ThrowIfNull(violations);

        var name = contentType.Split(';')[0].Trim();
        var type = Array.Find(All, known => known.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (type is null)
            violations.Add(name.Length == 0 ? FileViolations.TypeRequired : FileViolations.TypeUnknown);

        return type;
    }

    /// <summary>Null when bytes are of this type and whole.</summary>
    internal FieldViolation? Look(Stream bytes) => _look(bytes) switch
    {
        Finding.Other => FileViolations.TypeDiffers(this),
        Finding.Truncated => FileViolations.Truncated(this),
        _ => null,
    };

    private static Finding Framed(Stream bytes, ReadOnlySpan<byte> start, ReadOnlySpan<byte> end, int within)
    {
        if (!At(bytes, 0, start.Length).AsSpan().SequenceEqual(start))
            return Finding.Other;

        return At(bytes, Math.Max(start.Length, bytes.Length - within), within).AsSpan().IndexOf(end) >= 0 ? Finding.OfTheType : Finding.Truncated;
    }

    private static Finding Zipped(Stream bytes, string part)
    {
        if (!At(bytes, 0, 4).AsSpan().SequenceEqual("PK\u0003\u0004"u8))
            return Finding.Other;
        if (ZipDirectory.Names(bytes) is not { } names)
            return Finding.Truncated;

        return names.Contains(part) ? Finding.OfTheType : Finding.Other;
    }

    // The first entry of an OpenDocument file is its media type, not compressed: OpenDocument 1.3, part 2, 3.3.
    private static Finding ZippedDocument(Stream bytes, string start) =>
        At(bytes, 30, start.Length).AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(start)) ? Zipped(bytes, "content.xml") : Finding.Other;

    private static Finding Text(Stream bytes)
    {
        var decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetDecoder();
        var (buffer, text) = (new byte[65536], new char[65537]);
        bytes.Position = 0;
        try
        {
            int read;
            do
            {
                read = bytes.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
                var length = decoder.GetChars(buffer.AsSpan(0, read), text, flush: read == 0);
                foreach (var character in text.AsSpan(0, length))
                    if (char.IsControl(character) && character is not ('\t' or '\n' or '\r' or '\f'))
                        return Finding.Other;
            }
            while (read > 0);
        }
        catch (DecoderFallbackException)
        {
            return Finding.Other;
        }

        return Finding.OfTheType;
    }

    private static byte[] At(Stream bytes, long from, int length)
    {
        var part = new byte[Math.Max(0, Math.Min(length, bytes.Length - from))];
        bytes.Position = from;
        bytes.ReadExactly(part);
        return part;
    }
}
