using System.IO.Compression;
using System.Security.Cryptography;

namespace Delegation.Persistence.Evidence;

/// <summary>Writes an evidence pack, file after file, to a stream that cannot go back: nothing but the list of its files is in memory.</summary>
public sealed class PackWriter : IAsyncDisposable
{
    private readonly ZipArchive _archive;
    private readonly DateTimeOffset _time;
    private readonly List<PackedFile> _files = [];
    private readonly List<MissingPart> _missing = [];

    private PackWriter(ZipArchive archive, DateTimeOffset time) => (_archive, _time) = (archive, time);

    /// <summary>Starts one.</summary>
    /// <param name="to">Gets the bytes; it stays open.</param>
    /// <param name="time">When it is made.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<PackWriter> StartAsync(Stream to, DateTimeOffset time, CancellationToken cancellationToken) =>
        new(await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken), time);

    /// <summary>Adds a file.</summary>
    /// <param name="path">Its name in the archive.</param>
    /// <param name="about">What it is.</param>
    /// <param name="write">Writes its bytes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task AddAsync(string path, string about, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);

        await using var entry = await OpenAsync(path, cancellationToken);
        await using var hashed = new HashedStream(entry);
        await write(hashed);
        _files.Add(new PackedFile(path, hashed.Length, hashed.Sha256(), about));
    }

    /// <summary>Says that a part is not there.</summary>
    public void Miss(string part, string reason) => _missing.Add(new MissingPart(part, reason));

    /// <summary>Writes the manifest, and with it the end.</summary>
    /// <returns>SHA-256 of the manifest: who keeps it knows any other pack from this one.</returns>
    public async Task<string> CompleteAsync(Guid missionId, Guid delegationId, CancellationToken cancellationToken)
    {
        var manifest = new PackManifest(PackManifest.CurrentFormat, missionId, delegationId, _time.UtcDateTime, _files, _missing).ToJson();
        await using (var entry = await OpenAsync(PackManifest.Path, cancellationToken))
            await entry.WriteAsync(manifest, cancellationToken);

        await _archive.DisposeAsync();
        return Convert.ToHexStringLower(SHA256.HashData(manifest));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _archive.DisposeAsync();

    private Task<Stream> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var entry = _archive.CreateEntry(path, CompressionLevel.Fastest);
        entry.LastWriteTime = _time;
        return entry.OpenAsync(cancellationToken);
    }
}
