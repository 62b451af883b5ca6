using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Delegation.Archive.V1;
using Delegation.Contracts.Delegations;
using Google.Protobuf;
using Grpc.Core;

namespace Delegation.Contracts.Reversibility;

/// <summary>
/// Puts the records of all services together to one archive (ZIP), as they come: no more than a part is in memory. Its last file, the manifest, names each
/// file with its length and SHA-256, each table with its control totals, what is left out and why, and how far each journal goes.
/// </summary>
internal sealed class RecordArchive(RecordSources sources)
{
    public const string ManifestName = "manifest.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private sealed record ManifestFile(string Path, long Bytes, string Sha256);

    private sealed record ManifestService(string Service, JsonElement Record);

    private sealed record Manifest(string Format, string DelegationId, string ExitId, string Side, string Insurer, string Delegate, IReadOnlyList<ManifestService> Services, IReadOnlyList<ManifestFile> Files);

    /// <returns>The SHA-256 of the manifest: whoever knows it can check every byte of the archive.</returns>
    public async Task<string> WriteAsync(Stream output, SharedDelegation delegation, Guid exitId, string side, CancellationToken cancellationToken)
    {
        var (files, services) = (new List<ManifestFile>(), new List<ManifestService>());
        byte[] manifest;
        await using (var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellationToken))
        {
            foreach (var source in sources.All)
                services.Add(new(source.Service, await ReceiveAsync(zip, source, delegation.Id, files, cancellationToken)));

            manifest = JsonSerializer.SerializeToUtf8Bytes(
                new Manifest("delegation-record/1", delegation.Id.ToString(), exitId.ToString(), side, delegation.Insurer.LegalName, delegation.Delegate.LegalName, services, files), Indented);
            await using var entry = await zip.CreateEntry(ManifestName, CompressionLevel.Fastest).OpenAsync(cancellationToken);
            await entry.WriteAsync(manifest, cancellationToken);
        }

        return Convert.ToHexStringLower(SHA256.HashData(manifest));
    }

    private static async Task<JsonElement> ReceiveAsync(ZipArchive zip, RecordSource source, Guid delegationId, List<ManifestFile> files, CancellationToken cancellationToken)
    {
        using var call = source.Archives.ExportRecord(new ExportRecordRequest { DelegationId = delegationId.ToString() }, cancellationToken: cancellationToken);
        RecordSummary? summary = null;
        ArchiveFile? file = null;
        try
        {
            await foreach (var part in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                if (part.Path.Length > 0 || part.Summary is not null)
                {
                    if (file is not null)
                        files.Add(await file.EndAsync());
                    file = part.Path.Length > 0 ? await ArchiveFile.StartAsync(zip, $"{source.Service}/{part.Path}", cancellationToken) : null;
                }

                if (file is not null)
                    await file.WriteAsync(part.Data.Memory, cancellationToken);
                summary = part.Summary ?? summary;
            }
        }
        finally
        {
            if (file is not null)
                await file.EndAsync();
        }

        // Without its summary a record is not whole, whatever the stream ended by.
        return JsonDocument.Parse(JsonFormatter.Default.Format(summary ?? throw new InvalidDataException($"The record of {source.Service} has no end."))).RootElement;
    }

    /// <summary>A file of the archive while it is written.</summary>
    private sealed class ArchiveFile(string path, Stream entry)
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long _bytes;

        public static async Task<ArchiveFile> StartAsync(ZipArchive zip, string path, CancellationToken cancellationToken) =>
            new(path, await zip.CreateEntry(path, CompressionLevel.Fastest).OpenAsync(cancellationToken));

        public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            _hash.AppendData(bytes.Span);
            _bytes += bytes.Length;
            await entry.WriteAsync(bytes, cancellationToken);
        }

        public async Task<ManifestFile> EndAsync()
        {
            await entry.DisposeAsync();
            using (_hash)
                return new ManifestFile(path, _bytes, Convert.ToHexStringLower(_hash.GetHashAndReset()));
        }
    }
}
