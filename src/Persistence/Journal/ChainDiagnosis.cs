namespace Delegation.Persistence.Journal;

/// <summary>
/// Tells what was done to a journal at the first place where it is not as it was. A hash covers the place of its row, so trying other
/// places tells where a row belongs, and which row belongs here.
/// </summary>
internal sealed class ChainDiagnosis(Func<IAsyncEnumerable<ChainRow>> rows, long place)
{
    /// <summary>True when the seal has its hash under these circumstances.</summary>
    public static bool Fits(Seal seal, long position, long ownerPosition, byte[] digest) =>
        JournalDigests.OfSeal(position, seal.OwnerId, ownerPosition, seal.PreviousHash, digest).AsSpan().SequenceEqual(seal.Hash);

    /// <summary>There is no row at this place, but there are later ones.</summary>
    public async Task<ChainFault> OfGapAsync() => await BelongsHereAsync() is { } moved
        ? Fault(ChainFaultKind.Reordered, moved.EntryId, $"the row that belongs here is at {moved.Position}")
        : Fault(ChainFaultKind.Removed, null, "there is no row at this position");

    /// <summary>The entry is not the one that was sealed here.</summary>
    public async Task<ChainFault> OfWrongDigestAsync(Seal seal)
    {
        await foreach (var other in rows())
        {
            if (other.Seal.Position != place && other.Stored is { } stored && stored.Digest().AsSpan().SequenceEqual(seal.Digest))
                return Fault(ChainFaultKind.Reordered, seal.EntryId, $"the entry that was sealed here is at {other.Seal.Position}");
        }

        return Fault(ChainFaultKind.Altered, seal.EntryId, "the entry does not have the digest that was sealed");
    }

    /// <summary>The seal does not have its hash.</summary>
    public async Task<ChainFault> OfWrongHashAsync(Seal seal)
    {
        if (await OriginalPlaceAsync(seal) is { } original)
        {
            // Everything from the inserted row on was moved on by one: this is the first that shows it.
            if (original < place)
                return new ChainFault(ChainFaultKind.Inserted, original, (await AtAsync(original))?.EntryId, $"the row that belongs here is at {place}");

            return await BelongsHereAsync() is { } moved
                ? Fault(ChainFaultKind.Reordered, seal.EntryId, $"the row belongs at {original}, and the one that belongs here is at {moved.Position}")
                : Fault(ChainFaultKind.Removed, null, $"the row here belongs at {original}, and the one that belongs here is gone");
        }

        if (await BelongsHereAsync() is { } shifted)
            return Fault(ChainFaultKind.Inserted, seal.EntryId, $"the row belongs nowhere, and the one that belongs here is at {shifted.Position}");

        await foreach (var other in rows())
        {
            if (other.Seal.Position != place && Fits(seal, place, seal.OwnerPosition, other.Seal.Digest))
                return Fault(ChainFaultKind.Reordered, seal.EntryId, $"the entry that was sealed here is at {other.Seal.Position}");
        }

        return Fault(ChainFaultKind.Altered, seal.EntryId, "the seal does not have its hash");
    }

    /// <summary>The row is right in itself, but does not follow from the one before of the same owner: one of the two was made anew.</summary>
    public async Task<ChainFault> OfBrokenLinkAsync(Seal seal, long previousPlace, Guid previousEntry, bool isAnchored)
    {
        // The row after tells: it was linked to this one when both were sealed.
        var isGenuine = isAnchored;
        await foreach (var (later, _) in rows())
        {
            if (later.Position <= place || later.OwnerId != seal.OwnerId)
                continue;

            isGenuine |= later.PreviousHash.AsSpan().SequenceEqual(seal.Hash);
            break;
        }

        return isGenuine && previousPlace > 0
            ? new ChainFault(ChainFaultKind.Altered, previousPlace, previousEntry, $"its hash is right for what is here, but the row at {place} was chained to another one")
            : Fault(ChainFaultKind.Altered, seal.EntryId, "the seal has its hash, but does not follow from the one before of the same owner");
    }

    /// <summary>The row is right in itself and in its chain, but another hash is known to belong here.</summary>
    public async Task<ChainFault> OfUnknownHashAsync(Seal seal) => await BelongsHereAsync() is { } moved
        ? Fault(ChainFaultKind.Inserted, seal.EntryId, $"the row that belongs here is at {moved.Position}")
        : Fault(ChainFaultKind.Altered, seal.EntryId, "its hash is right for what is here, but another one was known before");

    private ChainFault Fault(ChainFaultKind kind, Guid? entry, string evidence) => new(kind, place, entry, evidence);

    /// <summary>The other row that has its hash when it is put here.</summary>
    private async Task<Seal?> BelongsHereAsync()
    {
        var here = await AtAsync(place);
        await foreach (var (seal, _) in rows())
        {
            // Its place among its owner's rows may have been exchanged too.
            if (seal.Position != place && (FitsAround(seal, place) || (here?.OwnerId == seal.OwnerId && Fits(seal, place, here.OwnerPosition, seal.Digest))))
                return seal;
        }

        return null;
    }

    /// <summary>The place where the row has its hash: that of another row, or the one after the last.</summary>
    private async Task<long?> OriginalPlaceAsync(Seal seal)
    {
        var last = 0L;
        await foreach (var (other, _) in rows())
        {
            last = other.Position;
            if (last != place && (FitsAround(seal, last) || (other.OwnerId == seal.OwnerId && Fits(seal, last, other.OwnerPosition, seal.Digest))))
                return last;
        }

        return FitsAround(seal, last + 1) ? last + 1 : null;
    }

    // A row inserted or removed before may have moved the owner's positions by one.
    private static bool FitsAround(Seal seal, long position) =>
        Fits(seal, position, seal.OwnerPosition, seal.Digest)
        || Fits(seal, position, seal.OwnerPosition - 1, seal.Digest)
        || Fits(seal, position, seal.OwnerPosition + 1, seal.Digest);

    private async Task<Seal?> AtAsync(long position)
    {
        await foreach (var (seal, _) in rows())
        {
            if (seal.Position == position)
                return seal;
        }

        return null;
    }
}
