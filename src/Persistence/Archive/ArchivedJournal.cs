using System.Globalization;
using System.Text.Json;
using Delegation.Persistence.Journal;

namespace Delegation.Persistence.Archive;

/// <summary>
/// Checks the journal of one service in an archive, without a database: each entry by itself and, where the chain of its owner is there, that the chain is
/// whole and each entry is at its place in it.
/// </summary>
public static class ArchivedJournal
{
    private sealed record Link(long Position, long OwnerPosition, string EntryId, string Digest, string PreviousHash, string Hash);

    /// <returns>How many entries were checked, and the first that is wrong; null for none.</returns>
    public static async Task<(long Entries, string? Fault)> CheckAsync(Stream entries, Stream? chain)
    {
        ArgumentNullException.ThrowIfNull(entries);

        var count = 0L;
        var places = new Dictionary<string, ArchivedEntry>();
        using var lines = new StreamReader(entries);
        while (await lines.ReadLineAsync() is { } line)
        {
            var entry = JsonSerializer.Deserialize<ArchivedEntry>(line) ?? throw new FormatException("A line of the journal is no entry.");
            count++;
            if (entry.Fault() is { } fault)
                return (count, $"entry {entry.EntryId} at {entry.Position}: {fault}");

            places[entry.EntryId.ToString()] = entry with { Payload = null, Salt = null };
        }

        return (count, chain is null || places.Count == 0 ? null : await ChainFaultAsync(chain, places));
    }

    private static async Task<string?> ChainFaultAsync(Stream chain, Dictionary<string, ArchivedEntry> places)
    {
        var owner = places.Values.First().OwnerId;
        var (last, previous) = (0L, new string('0', JournalDigests.HashSize * 2));
        using var lines = new StreamReader(chain);
        await lines.ReadLineAsync();
        while (await lines.ReadLineAsync() is { } line)
        {
            var link = Read(line);
            var hash = JournalDigests.OfSeal(link.Position, owner, link.OwnerPosition, Convert.FromHexString(link.PreviousHash), Convert.FromHexString(link.Digest));
            if (link.OwnerPosition != last + 1 || link.PreviousHash != previous || Convert.ToHexStringLower(hash) != link.Hash)
                return $"the chain is broken at {link.Position}";

            (last, previous) = (link.OwnerPosition, link.Hash);
            if (places.Remove(link.EntryId, out var entry) && (entry.Position, entry.Hash, entry.Digest) != (link.Position, link.Hash, link.Digest))
                return $"entry {link.EntryId} is not at its place in the chain";
        }

        return places.Count == 0 ? null : $"entry {places.Keys.First()} is not in the chain";
    }

    private static Link Read(string line) => line.Split(',') is [var position, var ownerPosition, var id, var digest, var previous, var hash]
        ? new Link(long.Parse(position, CultureInfo.InvariantCulture), long.Parse(ownerPosition, CultureInfo.InvariantCulture), id, digest, previous, hash)
        : throw new FormatException($"'{line}' is no link of a chain.");
}
