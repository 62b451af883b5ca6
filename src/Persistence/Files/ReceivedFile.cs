using System.Security.Cryptography;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Persistence.Files;

/// <summary>
/// A file while it comes in: in a temporary file that has no name any more, so that it is gone with the process or with this object, whatever
/// happens. Nothing of it goes to the database before it is whole and looked at; a slow caller holds no connection.
/// </summary>
public sealed class ReceivedFile : IAsyncDisposable
{
    private readonly FileStream _bytes;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private string? _sha256;

    /// <summary>Opens an empty one.</summary>
    public ReceivedFile()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose, BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        _bytes = new FileStream(path, options);
        // Its name goes at once, where the system lets it: what crashes leaves nothing.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
    }

    /// <summary>How many bytes came so far.</summary>
    public long Size => _bytes.Length;

    /// <summary>SHA-256 of them, 64 lowercase hexadecimal digits. Nothing can be added after it was asked for.</summary>
    public string Sha256 => _sha256 ??= Convert.ToHexStringLower(_hash.GetHashAndReset());

    /// <summary>Adds bytes at its end.</summary>
    public async Task AddAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _hash.AppendData(bytes.Span);
        await _bytes.WriteAsync(bytes, cancellationToken);
    }

    /// <summary>
    /// What is wrong with a file that is whole: <c>FILE_EMPTY</c>, <c>FILE_TYPE_DIFFERS</c>, <c>FILE_TRUNCATED</c>, <c>SHA256_DIFFERS</c>,
    /// <c>SIZE_BYTES_DIFFERS</c>.
    /// </summary>
    /// <param name="type">What it is said to be.</param>
    /// <param name="sha256">Of the file that was sent.</param>
    /// <param name="sizeBytes">Of the file that was sent; 0 when it is not known.</param>
    public IEnumerable<FieldViolation> Violations(FileType type, string sha256, long sizeBytes)
    {
        ArgumentNullException.ThrowIfNull(type);

        if (Size == 0)
            yield return FileViolations.Empty;
        else if (type.Look(_bytes) is { } wrong)
            yield return wrong;

        if (sizeBytes != 0 && sizeBytes != Size)
            yield return FileViolations.SizeDiffers(Size, sizeBytes);
        if (!string.Equals(sha256, Sha256, StringComparison.OrdinalIgnoreCase))
            yield return FileViolations.HashDiffers(Size);
    }

    /// <summary>Its bytes, from the start on: one reader at a time, which leaves the stream open.</summary>
    public Stream FromStart()
    {
        _bytes.Position = 0;
        return _bytes;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        await _bytes.DisposeAsync();
    }

    /// <summary>Reads the next part of it from a place on; as many bytes as fit, fewer at its end only.</summary>
    internal async Task<int> ReadAsync(long from, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        _bytes.Position = from;
        return await _bytes.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
    }
}
