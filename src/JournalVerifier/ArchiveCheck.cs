using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Delegation.Persistence.Archive;

namespace Delegation.JournalVerifier;

/// <summary>Checks the archive of a delegation that ended, without the platform: every file against the manifest, and the journal of each service.</summary>
internal static class ArchiveCheck
{
    /// <returns>The exit code: 0 nothing wrong, 1 a fault.</returns>
    public static async Task<int> TellAsync(string path)
    {
        var (manifest, files, entries, fault) = await RunAsync(path);
        Console.WriteLine(fault ?? "Valid");
        Console.WriteLine($"{files} files, {entries} entries of journals; the manifest has the SHA-256 {manifest}.");
        return fault is null ? 0 : 1;
    }

    /// <returns>What is wrong, the first of all; null for nothing. The hash of the manifest says which archive it was.</returns>
    private static async Task<(string ManifestSha256, int Files, long Entries, string? Fault)> RunAsync(string path)
    {
        await using var zip = await ZipFile.OpenReadAsync(path);
        var manifest = await BytesAsync(zip, "manifest.json") ?? throw new InvalidDataException("The archive has no manifest.json.");
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(manifest));
        var files = JsonDocument.Parse(manifest).RootElement.GetProperty("files").EnumerateArray().Select(file => (
            Path: file.GetProperty("path").GetString()!, Bytes: file.GetProperty("bytes").GetInt64(), Sha256: file.GetProperty("sha256").GetString())).ToArray();

        foreach (var file in files)
            if (await FaultOfAsync(zip, file.Path, file.Bytes, file.Sha256) is { } fault)
                return (sha256, files.Length, 0, fault);
        if (zip.Entries.Select(entry => entry.FullName).Except(files.Select(file => file.Path)).FirstOrDefault(name => name != "manifest.json") is { } added)
            return (sha256, files.Length, 0, $"{added}: is not in the manifest");

        var entries = 0L;
        foreach (var service in files.Where(file => file.Path.EndsWith("/journal/entries.jsonl", StringComparison.Ordinal)).Select(file => file.Path.Split('/')[0]))
        {
            await using var lines = await OpenAsync(zip, $"{service}/journal/entries.jsonl") ?? Stream.Null;
            await using var chain = await OpenAsync(zip, $"{service}/journal/chain.csv");
            var report = await ArchivedJournal.CheckAsync(lines, chain);
            entries += report.Entries;
            if (report.Fault is { } fault)
                return (sha256, files.Length, entries, $"{service}: {fault}");
        }

        return (sha256, files.Length, entries, null);
    }

    private static async Task<string?> FaultOfAsync(ZipArchive zip, string path, long bytes, string? sha256)
    {
        await using var stream = await OpenAsync(zip, path);
        if (stream is null)
            return $"{path}: is missing";

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, length) = (new byte[81920], 0L);
        for (int read; (read = await stream.ReadAsync(buffer)) > 0; length += read)
            hash.AppendData(buffer, 0, read);

        return length != bytes ? $"{path}: has {length} bytes and not {bytes}"
            : Convert.ToHexStringLower(hash.GetHashAndReset()) != sha256 ? $"{path}: does not have its SHA-256"
            : null;
    }

    private static async Task<Stream?> OpenAsync(ZipArchive zip, string path) => zip.GetEntry(path) is { } entry ? await entry.OpenAsync() : null;

    private static async Task<byte[]?> BytesAsync(ZipArchive zip, string path)
    {
        await using var stream = await OpenAsync(zip, path);
        if (stream is null)
            return null;

        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
