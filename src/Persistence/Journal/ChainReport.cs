using System.Globalization;

namespace Delegation.Persistence.Journal;

/// <summary>What was done to a journal behind its back.</summary>
public enum ChainFaultKind
{
    /// <summary>A row is there and is not what it was.</summary>
    Altered,

    /// <summary>A row is gone.</summary>
    Removed,

    /// <summary>A row is there that the journal never wrote.</summary>
    Inserted,

    /// <summary>A row is at the place of another.</summary>
    Reordered,
}

/// <summary>The first place where a journal is not what it was.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Position">Where; null for an entry that has no place at all.</param>
/// <param name="EntryId">The entry found there, if any.</param>
/// <param name="Evidence">How it shows.</param>
public sealed record ChainFault(ChainFaultKind Kind, long? Position, Guid? EntryId, string Evidence)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kind} at position {(Position is { } position ? position : "none")}, entry {(EntryId is { } entry ? entry : "none")}: {Evidence}");
}

/// <summary>What the verification of a journal found.</summary>
/// <param name="Entries">Places checked; those before the fault, if there is one.</param>
/// <param name="Erased">Entries among them whose payload was erased, as the law allows.</param>
/// <param name="Ends">The last seal of each owner: keep them elsewhere, and the next verification knows whether the end was cut or rewritten.</param>
/// <param name="Fault">The first fault; null when all is as it was written.</param>
public sealed record ChainReport(long Entries, long Erased, IReadOnlyList<ChainAnchor> Ends, ChainFault? Fault);
