using System.IO.Compression;
using System.Text;
using Delegation.Journal.V1;
using Delegation.Persistence.Evidence;
using Delegation.Persistence.Journal;
using Google.Protobuf;

namespace Delegation.Journal.Tests;

/// <summary>An evidence pack with a few documents and two journals, some of whose entries are shown. The same seed makes the same pack.</summary>
internal sealed class MadeUpPack
{
    private MadeUpPack(byte[] bytes, string manifest) => (Bytes, ManifestSha256) = (bytes, manifest);

    public byte[] Bytes { get; }

    public string ManifestSha256 { get; }

    public static async Task<MadeUpPack> MakeAsync(int seed)
    {
        using var bytes = new MemoryStream();
        await using var pack = await PackWriter.StartAsync(bytes, DateTimeOffset.UnixEpoch.AddYears(50), CancellationToken.None);
        var random = new Random(seed);
        foreach (var name in new[] { "dictionary.md", "contracts/1/contract.pdf", "delivery/list_meetings.ndjson" })
        {
            var content = new byte[random.Next(1, 3000)];
            random.NextBytes(content);
            await pack.AddAsync(name, "A document", to => to.WriteAsync(content).AsTask(), CancellationToken.None);
        }

        foreach (var (place, service) in new[] { "contracts", "delivery" }.Index())
        {
            var journal = new MadeUpJournal(seed + place, 40);
            await pack.AddAsync(
                $"{PackManifest.ChainFolder}{service}{PackManifest.ChainEnding}", "A journal", to => to.WriteAsync(Encoding.UTF8.GetBytes(Lines(journal, random))).AsTask(), CancellationToken.None);
        }

        pack.Miss("watch/list_items.ndjson", "The service is not there.");
        var manifest = await pack.CompleteAsync(Guid.CreateVersion7(), Guid.CreateVersion7(), CancellationToken.None);
        return new MadeUpPack(bytes.ToArray(), manifest);
    }

    public static PackReport Verify(byte[] pack, string? manifest = null) => PackVerification.Verify(new MemoryStream(pack), manifest);

    /// <summary>The files of a pack, to be changed.</summary>
    public static Dictionary<string, byte[]> Unpack(byte[] pack)
    {
        using var archive = new ZipArchive(new MemoryStream(pack));
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        });
    }

    public static byte[] Pack(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create))
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }

        return bytes.ToArray();
    }

    /// <summary>The links of one owner; every other entry is shown.</summary>
    private static string Lines(MadeUpJournal journal, Random random)
    {
        var owner = journal.Seals[0].OwnerId;
        return string.Concat(journal.Seals.Where(seal => seal.OwnerId == owner).Select(seal => JsonFormatter.Default.Format(Link(seal, journal.Entries[seal.EntryId], random.Next(3) > 0)) + "\n"));
    }

    private static ChainLink Link(Seal seal, StoredEntry stored, bool isShown)
    {
        var link = new ChainLink
        {
            Position = seal.Position,
            OwnerId = seal.OwnerId.ToString(),
            OwnerPosition = seal.OwnerPosition,
            PreviousHash = ByteString.CopyFrom(seal.PreviousHash),
            Digest = ByteString.CopyFrom(seal.Digest),
            Hash = ByteString.CopyFrom(seal.Hash),
        };
        if (!isShown)
            return link;

        link.Entry = new SealedEntry(seal.Position, seal.OwnerPosition, seal.Hash, stored.Entry).ToMessage();
        link.Salt = ByteString.CopyFrom(stored.Salt);
        link.PayloadDigest = ByteString.CopyFrom(stored.PayloadDigest);
        return link;
    }
}
