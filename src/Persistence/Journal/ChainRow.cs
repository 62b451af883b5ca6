namespace Delegation.Persistence.Journal;

/// <summary>An entry as it is stored, with what its digest needs.</summary>
/// <param name="Entry">The entry; its payload is null once erased.</param>
/// <param name="Salt">Null once erased.</param>
/// <param name="PayloadDigest">What is left of the payload in any case.</param>
internal sealed record StoredEntry(JournalEntry Entry, byte[]? Salt, byte[] PayloadDigest)
{
    public byte[] Digest() => JournalDigests.OfEntry(Entry, PayloadDigest);

    public bool PayloadFits() =>
        Entry.Payload is not { } payload || (Salt is not null && JournalDigests.OfPayload(Salt, payload.Span).AsSpan().SequenceEqual(PayloadDigest));
}

/// <summary>One place of a journal as it is found: a seal, and the entry that it names if that is there.</summary>
internal sealed record ChainRow(Seal Seal, StoredEntry? Stored);

/// <summary>The hash that is known to be at a position, from an earlier verification or from a follower.</summary>
/// <param name="Position">Place in the journal of the service.</param>
/// <param name="Hash">Of the seal there.</param>
public sealed record ChainAnchor(long Position, ReadOnlyMemory<byte> Hash);
