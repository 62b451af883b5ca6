using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Delegation.Journal.V1;
using Google.Protobuf;

namespace Delegation.Persistence.Evidence;

/// <summary>What the check of an evidence pack found.</summary>
/// <param name="Files">Files that are what the manifest says.</param>
/// <param name="Links">Links of the journals that are as they were sealed.</param>
/// <param name="Shown">How many of them show their entry.</param>
/// <param name="ManifestSha256">SHA-256 of the manifest, to compare with the one that the journal of Contracts has.</param>
/// <param name="Faults">What is wrong, each with its file; none when nothing is.</param>
public sealed record PackReport(int Files, long Links, long Shown, string ManifestSha256, IReadOnlyList<string> Faults);

/// <summary>
/// Checks an evidence pack without the platform: every file has the size and digest that the manifest says, there is no other, and the journals of the
/// services are what was sealed.
/// </summary>
/// <remarks>
/// A pack proves nothing against somebody who computes every digest anew after a change, the manifest's included: that one's is in the platform's
/// journal since the pack was made, and whoever was given it apart from the pack compares it.
/// </remarks>
public static class PackVerification
{
    /// <summary>Reads the whole file once.</summary>
    /// <param name="pack">Can be read from any place.</param>
    /// <param name="knownManifest">The digest that is known from elsewhere, 64 hexadecimal digits; null for none.</param>
    public static PackReport Verify(Stream pack, string? knownManifest = null)
    {
        var faults = new List<string>();
        try
        {
            using var archive = new ZipArchive(pack, ZipArchiveMode.Read, leaveOpen: true);
            return Verify(archive, knownManifest, faults);
        }
        catch (InvalidDataException broken)
        {
            faults.Add($"the archive: {broken.Message}");
        }
        catch (EndOfStreamException broken)
        {
            faults.Add($"the archive: {broken.Message}");
        }

        return new PackReport(0, 0, 0, "", faults);
    }

    private static PackReport Verify(ZipArchive archive, string? knownManifest, List<string> faults)
    {
        var entries = archive.Entries.ToLookup(entry => entry.FullName);
        if (Manifest(entries[PackManifest.Path].FirstOrDefault(), faults) is not var (manifest, sha256))
            return new PackReport(0, 0, 0, "", faults);

        if (knownManifest is not null && !string.Equals(knownManifest, sha256, StringComparison.OrdinalIgnoreCase))
            faults.Add($"{PackManifest.Path}: it is another one than was known, its SHA-256 is {sha256}");
        foreach (var name in entries.Where(name => name.Count() > 1))
            faults.Add($"{name.Key}: it is in the archive more than once");
        foreach (var name in entries.Select(name => name.Key).Except(manifest.Files.Select(file => file.Path)).Where(name => name != PackManifest.Path))
            faults.Add($"{name}: the manifest does not know it");

        var (files, links, shown) = (0, 0L, 0L);
        foreach (var file in manifest.Files)
            if (Differs(entries[file.Path].FirstOrDefault(), file) is { } fault)
                faults.Add($"{file.Path}: {fault}");
            else
                files++;

        foreach (var file in manifest.Files.Where(file => file.Path.StartsWith(PackManifest.ChainFolder, StringComparison.Ordinal) && file.Path.EndsWith(PackManifest.ChainEnding, StringComparison.Ordinal)))
            if (entries[file.Path].FirstOrDefault() is { } chain)
            {
                var segment = new ChainSegment();
                if (ChainFault(chain, segment) is { } fault)
                    faults.Add($"{file.Path}: {fault}");
                (links, shown) = (links + segment.Links, shown + segment.Shown);
            }

        return new PackReport(files, links, shown, sha256, faults);
    }

    private static (PackManifest Manifest, string Sha256)? Manifest(ZipArchiveEntry? entry, List<string> faults)
    {
        if (entry is null)
        {
            faults.Add($"{PackManifest.Path}: it is not there");
            return null;
        }

        try
        {
            using var bytes = new MemoryStream();
            using (var stream = entry.Open())
                stream.CopyTo(bytes);
            bytes.Position = 0;
            var manifest = PackManifest.Parse(bytes);
            if (manifest.Format == PackManifest.CurrentFormat)
                return (manifest, Convert.ToHexStringLower(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length))));

            faults.Add($"{PackManifest.Path}: the format {manifest.Format} is not known");
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or JsonException)
        {
            faults.Add($"{PackManifest.Path}: {unreadable.Message}");
        }

        return null;
    }

    private static string? Differs(ZipArchiveEntry? entry, PackedFile file)
    {
        if (entry is null)
            return "it is not there";

        try
        {
            using var stream = entry.Open();
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[81_920];
            var size = 0L;
            for (int read; (read = stream.Read(buffer)) > 0; size += read)
                hash.AppendData(buffer, 0, read);

            return size != file.Bytes ? $"it has {size} bytes in place of {file.Bytes}"
                : Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Sha256 ? "it does not have the SHA-256 of the manifest"
                : null;
        }
        catch (InvalidDataException broken)
        {
            return broken.Message;
        }
    }

    private static string? ChainFault(ZipArchiveEntry entry, ChainSegment segment)
    {
        try
        {
            using var lines = new StreamReader(entry.Open());
            for (var number = 1; lines.ReadLine() is { } line; number++)
                if (segment.Fault(ChainLink.Parser.ParseJson(line)) is { } fault)
                    return $"line {number}, {fault}";

            return null;
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or InvalidProtocolBufferException or InvalidJsonException or FormatException)
        {
            return unreadable.Message;
        }
    }
}
