using System.Text;
using Delegation.Persistence.Journal;

namespace Delegation.Journal.Tests;

/// <summary>A journal in memory, as its tables are: seals by position, entries by id. The same seed makes the same journal.</summary>
internal sealed class MadeUpJournal
{
    private readonly Random _random;
    private readonly Guid[] _owners;

    public MadeUpJournal(int seed, int length)
    {
        _random = new Random(seed);
        _owners = [.. Enumerable.Range(0, 4).Select(_ => Id())];
        var heads = _owners.ToDictionary(owner => owner, _ => ChainHead.Empty);
        for (var position = 1; position <= length; position++)
        {
            var entry = Entry(Pick(_owners));
            var seal = Seal.Next(position, heads[entry.Entry.OwnerId], entry.Entry, entry.PayloadDigest);
            heads[seal.OwnerId] = new ChainHead(seal.OwnerPosition, seal.Hash);
            Seals.Add(seal);
            Entries.Add(seal.EntryId, entry);
        }

        Ends = Verify([]).Ends;
    }

    /// <summary>In any order; positions tell.</summary>
    public List<Seal> Seals { get; } = [];

    public Dictionary<Guid, StoredEntry> Entries { get; } = [];

    /// <summary>What was known before anybody tampered.</summary>
    public IReadOnlyList<ChainAnchor> Ends { get; }

    public ChainReport Verify() => Verify(Ends);

    public ChainReport Verify(IReadOnlyList<ChainAnchor> ends)
    {
        var sealedIds = Seals.Select(seal => seal.EntryId).ToHashSet();
        var strays = Entries.Keys.Where(id => !sealedIds.Contains(id)).ToArray();
        return new ChainVerifier(Rows, strays.Length == 0 ? null : strays[0], ends).VerifyAsync().GetAwaiter().GetResult();
    }

    public Seal At(long position) => Seals.Single(seal => seal.Position == position);

    public void Replace(Seal seal, Seal by) => Seals[Seals.IndexOf(seal)] = by;

    /// <summary>Moves every row from a position on, as somebody does who hides that one was added or taken away.</summary>
    public void Renumber(long from, int by, Guid? owner)
    {
        for (var i = 0; i < Seals.Count; i++)
        {
            if (Seals[i].Position >= from)
                Seals[i] = Seals[i] with { Position = Seals[i].Position + by, OwnerPosition = Seals[i].OwnerPosition + (Seals[i].OwnerId == owner ? by : 0) };
        }
    }

    public StoredEntry Entry(Guid owner)
    {
        byte[] salt = Bytes(JournalDigests.SaltSize), payload = Encoding.UTF8.GetBytes($"event {_random.Next()}");
        var entry = new JournalEntry(
            Id(), owner, Id(), _random.Next(3) == 0 ? null : Id(), Visibility.Both, "thing", Id(), _random.Next(1, 99), owner, Id(),
            DateTime.UnixEpoch.AddSeconds(_random.Next()), "delegation.made.up.v1.ThingChanged", payload);
        return new StoredEntry(entry, salt, JournalDigests.OfPayload(salt, payload));
    }

    public Guid Owner() => Pick(_owners);

    public T Pick<T>(IReadOnlyList<T> among) => among[_random.Next(among.Count)];

    public int Number(int below) => _random.Next(below);

    public Guid Id() => new(Bytes(16));

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    public static byte[] HashOf(Seal seal) => JournalDigests.OfSeal(seal.Position, seal.OwnerId, seal.OwnerPosition, seal.PreviousHash, seal.Digest);

    private async IAsyncEnumerable<ChainRow> Rows()
    {
        await Task.CompletedTask;
        foreach (var seal in Seals.OrderBy(seal => seal.Position))
            yield return new ChainRow(seal, Entries.GetValueOrDefault(seal.EntryId));
    }
}
