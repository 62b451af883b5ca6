namespace Delegation.Persistence.Journal;

/// <summary>
/// Checks that a journal is what was sealed: every entry has the digest of its seal, every seal its hash, positions are dense, and the
/// seals of each owner form one chain. Names the first row that was altered, removed, inserted or reordered. No input and output but
/// the rows it is given.
/// </summary>
/// <remarks>
/// A journal proves nothing about its own end, nor against somebody who computes every hash after a change anew: both take a hash
/// known from elsewhere (<see cref="ChainAnchor"/>). Followers keep one each, and compare it whenever they connect.
/// </remarks>
/// <param name="rows">All seals by position, with the entries that they name; read again to tell what a fault is.</param>
/// <param name="stray">The first entry that is neither sealed nor pending, if there is one.</param>
/// <param name="anchors">Hashes known from elsewhere, if any.</param>
internal sealed class ChainVerifier(Func<IAsyncEnumerable<ChainRow>> rows, Guid? stray, IReadOnlyList<ChainAnchor> anchors)
{
    private readonly Dictionary<Guid, End> _ends = [];
    private readonly Dictionary<long, ReadOnlyMemory<byte>> _anchors = anchors.ToDictionary(anchor => anchor.Position, anchor => anchor.Hash);
    private long _erased;

    public async Task<ChainReport> VerifyAsync()
    {
        var last = 0L;
        Func<Task<ChainFault>>? diagnose = null;
        await foreach (var row in rows())
        {
            diagnose = Check(row, last + 1);
            if (diagnose is not null)
                break;

            last = row.Seal.Position;
            _erased += row.Stored!.Entry.Payload is null ? 1 : 0;
            _ends[row.Seal.OwnerId] = new End(new ChainHead(row.Seal.OwnerPosition, row.Seal.Hash), last, row.Seal.EntryId);
        }

        // Only now: telling what it is means reading again, and one reading at a time is enough for any source.
        return Report(last, diagnose is null ? EndFault(last) : await diagnose());
    }

    private ChainReport Report(long entries, ChainFault? fault) =>
        new(entries, _erased, [.. _ends.Values.Select(end => new ChainAnchor(end.Position, end.Chain.Hash)).OrderBy(end => end.Position)], fault);

    /// <summary>Null for a row that is as it was sealed, else how to tell what was done to it.</summary>
    private Func<Task<ChainFault>>? Check(ChainRow row, long expected)
    {
        var (seal, stored) = row;
        var diagnosis = new ChainDiagnosis(rows, expected);
        if (seal.Position != expected)
            return diagnosis.OfGapAsync;

        if (stored is null)
            return Told(ChainFaultKind.Removed, seal, "the entry is sealed here and not in the journal");

        if (!stored.PayloadFits())
            return Told(ChainFaultKind.Altered, seal, "the payload does not have its digest");

        if (!stored.Digest().AsSpan().SequenceEqual(seal.Digest))
            return () => diagnosis.OfWrongDigestAsync(seal);

        if (!ChainDiagnosis.Fits(seal, seal.Position, seal.OwnerPosition, seal.Digest))
            return () => diagnosis.OfWrongHashAsync(seal);

        if (stored.Entry.OwnerId != seal.OwnerId)
            return Told(ChainFaultKind.Altered, seal, "the entry is of another owner than its seal");

        var end = _ends.GetValueOrDefault(seal.OwnerId, new End(ChainHead.Empty, 0, Guid.Empty));
        if (seal.OwnerPosition != end.Chain.OwnerPosition + 1 || !seal.PreviousHash.AsSpan().SequenceEqual(end.Chain.Hash))
            return () => diagnosis.OfBrokenLinkAsync(seal, end.Position, end.EntryId, isAnchored: _anchors.ContainsKey(expected) && IsAsKnown(seal));

        return IsAsKnown(seal) ? null : () => diagnosis.OfUnknownHashAsync(seal);
    }

    private static Func<Task<ChainFault>> Told(ChainFaultKind kind, Seal seal, string evidence) =>
        () => Task.FromResult(new ChainFault(kind, seal.Position, seal.EntryId, evidence));

    private bool IsAsKnown(Seal seal) => !_anchors.TryGetValue(seal.Position, out var known) || known.Span.SequenceEqual(seal.Hash);

    private ChainFault? EndFault(long last)
    {
        if (_anchors.Keys.Any(position => position > last))
            return new ChainFault(ChainFaultKind.Removed, last + 1, null, "the journal was longer before");

        return stray is null ? null : new ChainFault(ChainFaultKind.Inserted, null, stray, "the entry is in the journal, but neither sealed nor pending");
    }

    private readonly record struct End(ChainHead Chain, long Position, Guid EntryId);
}
