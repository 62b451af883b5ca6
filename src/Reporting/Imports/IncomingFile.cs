using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Delegation.Persistence.Files;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Reporting.Imports;

/// <summary>A file that came whole, unpacked while it is read: 64 KiB of it are in memory at a time.</summary>
internal sealed class IncomingFile
{
    private const int Piece = 65536;
    private const int SmallBytes = 1024 * 1024;

    private readonly ReceivedFile _file;
    private readonly bool _compressed;

    private IncomingFile(ReceivedFile file, bool compressed, Encoding encoding, char separator) =>
        (_file, _compressed, Encoding, Separator) = (file, compressed, encoding, separator);

    /// <summary>UTF-8 where all bytes fit it; Windows-1252 otherwise.</summary>
    public Encoding Encoding { get; }

    /// <summary>Between cells.</summary>
    public char Separator { get; }

    /// <summary>Looks at all bytes once.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: it is no text, or cannot be unpacked within bounds.</exception>
    public static async Task<IncomingFile> OpenAsync(ReceivedFile file, bool compressed, ImportOptions options, CancellationToken cancellationToken)
    {
        var utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var (buffer, characters, head) = (new byte[Piece], new char[Piece + 1], Array.Empty<byte>());
        var (isUtf8, size) = (true, 0L);
        await using var unpacked = Unpacked(file, compressed);
        var bytes = unpacked ?? file.FromStart();
        for (int read; (read = await ReadAsync(bytes, buffer, cancellationToken)) > 0;)
        {
            size += read;
            if (size > options.LargestUnpackedBytes)
                Refuse(FileFault.UnpackedTooLarge(options.LargestUnpackedBytes));
            if (compressed && size > SmallBytes && size / options.LargestRatio > file.Size)
                Refuse(FileFault.CompressedTooMuch(options.LargestRatio));
            if (buffer.AsSpan(0, read).Contains((byte)0))
                Refuse(FileFault.NoText);
            if (head.Length == 0)
                head = buffer[..read];

            isUtf8 = isUtf8 && Fits(utf8, buffer.AsSpan(0, read), characters, flush: false);
        }

        if (size == 0 || (compressed && !await IsWholeAsync(file, size, cancellationToken)))
            Refuse(size == 0 && !compressed ? FileFault.Empty : FileFault.Truncated);
        var encoding = isUtf8 && Fits(utf8, [], characters, flush: true) ? new UTF8Encoding() : CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        return new IncomingFile(file, compressed, encoding, Separators.Of(encoding.GetString(head)));
    }

    /// <summary>Its text in UTF-8, from the start on: one reader at a time.</summary>
    public Stream FromStart()
    {
        var bytes = Unpacked(_file, _compressed) ?? _file.FromStart();
        return Encoding is UTF8Encoding ? bytes : Encoding.CreateTranscodingStream(bytes, Encoding, new UTF8Encoding(false), leaveOpen: true);
    }

    /// <summary>Refuses what a reader of the text could not take apart.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT (CSV_MALFORMED).</exception>
    public static void RefuseBroken(CsvReader records)
    {
        if (records.BrokenLine is { } line)
            Refuse(FileFault.Malformed(line));
    }

    // The received file stays open: it is read twice, and ends with the call.
    private static GZipStream? Unpacked(ReceivedFile file, bool compressed) =>
        compressed ? new GZipStream(file.FromStart(), CompressionMode.Decompress, leaveOpen: true) : null;

    private static async Task<int> ReadAsync(Stream bytes, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await bytes.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (InvalidDataException)
        {
            Refuse(FileFault.Damaged);
            throw;
        }
    }

    // What is unpacked ends without a word where the compressed bytes end; the last four of them say how long it was to become.
    private static async Task<bool> IsWholeAsync(ReceivedFile file, long size, CancellationToken cancellationToken)
    {
        var bytes = file.FromStart();
        if (bytes.Length < 18)
            return false;
        var end = new byte[4];
        bytes.Position = bytes.Length - end.Length;
        await bytes.ReadExactlyAsync(end, cancellationToken);
        return BinaryPrimitives.ReadUInt32LittleEndian(end) == (uint)size;
    }

    private static bool Fits(Decoder utf8, ReadOnlySpan<byte> bytes, char[] characters, bool flush)
    {
        try
        {
            utf8.GetChars(bytes, characters, flush);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static void Refuse(FieldViolation violation) => new List<FieldViolation> { violation }.RefuseIfAny();
}
