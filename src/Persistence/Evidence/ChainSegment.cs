using Delegation.Journal.V1;
using Delegation.Persistence.Journal;

namespace Delegation.Persistence.Evidence;

/// <summary>
/// Checks a part of an insurer's chain link by link, as it is in an evidence pack: it has no gap, each link follows from the one before and has its
/// hash, and each entry that is shown has the digest that was sealed.
/// </summary>
internal sealed class ChainSegment
{
    private ChainLink? _last;

    /// <summary>How many links were found right.</summary>
    public long Links { get; private set; }

    /// <summary>How many of them show their entry.</summary>
    public long Shown { get; private set; }

    /// <summary>What is wrong with the next link; null when it is right.</summary>
    public string? Fault(ChainLink link)
    {
        var fault = Follows(link) ?? Sealed(link) ?? Entry(link);
        if (fault is not null)
            return $"position {link.Position}, entry {(link.Entry is null ? "not shown" : link.Entry.EntryId)}: {fault}";

        _last = link;
        Links++;
        Shown += link.Entry is null ? 0 : 1;
        return null;
    }

    private string? Follows(ChainLink link) => _last switch
    {
        null => null,
        _ when link.OwnerId != _last.OwnerId => "the link is of another chain than the one before",
        _ when link.OwnerPosition != _last.OwnerPosition + 1 => $"place {link.OwnerPosition} of the chain follows place {_last.OwnerPosition}: links were removed, inserted or reordered",
        _ when link.Position <= _last.Position => "the journal's positions do not rise",
        _ when link.PreviousHash != _last.Hash => "the link does not follow from the one before",
        _ => null,
    };

    private static string? Sealed(ChainLink link) =>
        Guid.TryParse(link.OwnerId, out var owner)
        && JournalDigests.OfSeal(link.Position, owner, link.OwnerPosition, link.PreviousHash.Span, link.Digest.Span).AsSpan().SequenceEqual(link.Hash.Span)
            ? null
            : "the link does not have its hash";

    private static string? Entry(ChainLink link)
    {
        if (link.Entry is null)
            return link.Salt.IsEmpty && link.PayloadDigest.IsEmpty ? null : "something of an entry is there, and the entry is not";

        var shown = link.Entry.ToEntry();
        var stored = new StoredEntry(shown.Entry, link.Salt.IsEmpty ? null : link.Salt.ToByteArray(), link.PayloadDigest.ToByteArray());
        return shown.Position != link.Position || shown.OwnerPosition != link.OwnerPosition || link.Entry.Hash != link.Hash || link.Entry.OwnerId != link.OwnerId
            ? "the entry says that it is elsewhere"
            : !stored.PayloadFits() || (shown.Entry.Payload is null) != link.Salt.IsEmpty ? "the payload does not have its digest"
            : !stored.Digest().AsSpan().SequenceEqual(link.Digest.Span) ? "the entry does not have the digest that was sealed"
            : null;
    }
}
