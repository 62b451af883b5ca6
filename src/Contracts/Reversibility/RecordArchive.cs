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

    private const string GuideName = "LISEZ-MOI.txt";

    private const string Guide =
        """
        Dossier de la délégation, restitué par la plateforme à la fin de la délégation.

        <service>/tables/<table>.csv             une ligne par enregistrement (UTF-8, séparateur virgule, première ligne : noms des colonnes)
        <service>/tables/<table>.jsonl           les mêmes enregistrements en JSON, un par ligne
        <service>/tables/<table>.dictionary.csv  le sens des colonnes
        <service>/files/<identifiant>/<nom>      les fichiers d'origine
        <service>/journal/entries.jsonl          le journal de la délégation ; chain.csv : la chaîne de preuves de l'assureur
        manifest.json                            chaque fichier avec sa taille et son empreinte SHA-256, les totaux de contrôle de chaque table,
                                                 ce qui n'est pas dans l'archive et pourquoi

        La commande « journal verify --archive <fichier> » contrôle le tout sans la plateforme et donne l'empreinte du manifeste, par laquelle
        l'assureur réceptionne l'archive.

        ----
        The record of the delegation, given back by the platform when the delegation ends.

        <service>/tables/<table>.csv             a line for each record (UTF-8, commas, names of columns in the first line)
        <service>/tables/<table>.jsonl           the same records as JSON, one on each line
        <service>/tables/<table>.dictionary.csv  what the columns mean
        <service>/files/<id>/<name>              the original files
        <service>/journal/entries.jsonl          the journal of the delegation; chain.csv: the chain of evidence of the insurer
        manifest.json                            each file with its length and SHA-256, the control totals of each table, what is not in the
                                                 archive and why

        The command "journal verify --archive <file>" checks all of it without the platform and says the hash of the manifest, by which the
        insurer accepts the archive.

        """;

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
            var guide = await ArchiveFile.StartAsync(zip, GuideName, cancellationToken);
            await guide.WriteAsync(Encoding.UTF8.GetBytes(Guide), cancellationToken);
            files.Add(await guide.EndAsync());
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
