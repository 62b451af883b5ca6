namespace Delegation.Persistence.Journal;

/// <summary>The place of an entry and the link that holds it there.</summary>
/// <param name="Position">Place in the journal of the service.</param>
/// <param name="OwnerId">The owner in whose chain it is.</param>
/// <param name="OwnerPosition">Place in that chain.</param>
/// <param name="EntryId">The entry.</param>
/// <param name="Digest">Of the entry, as <see cref="JournalDigests.OfEntry"/>.</param>
/// <param name="PreviousHash">Hash of the seal before in the chain; 32 zero bytes for the first.</param>
/// <param name="Hash">Of all this but the entry's id, which the digest covers, as <see cref="JournalDigests.OfSeal"/>.</param>
internal sealed record Seal(long Position, Guid OwnerId, long OwnerPosition, Guid EntryId, byte[] Digest, byte[] PreviousHash, byte[] Hash)
{
    /// <summary>Puts an entry at the end of its owner's chain.</summary>
    public static Seal Next(long position, ChainHead head, JournalEntry entry, byte[] payloadDigest)
    {
        var digest = JournalDigests.OfEntry(entry, payloadDigest);
        var place = head.OwnerPosition + 1;
        return new Seal(
            position, entry.OwnerId, place, entry.EntryId, digest, head.Hash, JournalDigests.OfSeal(position, entry.OwnerId, place, head.Hash, digest));
    }
}

/// <summary>The end of an owner's chain.</summary>
internal readonly record struct ChainHead(long OwnerPosition, byte[] Hash)
{
    /// <summary>The end of a chain that has no entry yet.</summary>
    public static ChainHead Empty { get; } = new(0, new byte[JournalDigests.HashSize]);
}
