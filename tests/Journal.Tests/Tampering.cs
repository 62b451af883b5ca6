using Delegation.Persistence.Journal;

namespace Delegation.Journal.Tests;

/// <summary>What somebody with every right in the database may do to a journal, at random. Each answers what a verification must say.</summary>
internal static class Tampering
{
    public static (ChainFaultKind Kind, long? Position) Tamper(MadeUpJournal journal, ChainFaultKind kind) => kind switch
    {
        ChainFaultKind.Altered => (kind, Alter(journal)),
        ChainFaultKind.Removed => (kind, Remove(journal)),
        ChainFaultKind.Inserted => (kind, Insert(journal)),
        _ => (kind, Reorder(journal)),
    };

    private static long Alter(MadeUpJournal journal)
    {
        var seal = journal.Pick(journal.Seals);
        var stored = journal.Entries[seal.EntryId];
        var entry = stored.Entry;
        if (journal.Number(3) == 0)
        {
            Seal[] altered =
            [
                seal with { OwnerId = journal.Id() },
                seal with { OwnerPosition = seal.OwnerPosition + journal.Pick([-1, 1, 7]) },
                seal with { Digest = journal.Bytes(32) },
                seal with { PreviousHash = journal.Bytes(32) },
                seal with { Hash = journal.Bytes(32) },
            ];
            var which = journal.Number(altered.Length);

            // Those that leave the row in its own chain can be given a hash that fits.
            journal.Replace(seal, which is 1 or 3 && journal.Number(2) == 0 ? Rehashed(altered[which]) : altered[which]);
            return seal.Position;
        }

        StoredEntry[] entries =
        [
            stored with { Entry = entry with { OwnerId = journal.Id() } },
            stored with { Entry = entry with { DelegationId = journal.Pick<Guid?>([null, journal.Id()]) } },
            stored with { Entry = entry with { DelegateId = journal.Id() } },
            stored with { Entry = entry with { Visibility = Visibility.Insurer } },
            stored with { Entry = entry with { ObjectType = entry.ObjectType + "s" } },
            stored with { Entry = entry with { ObjectId = journal.Id() } },
            stored with { Entry = entry with { Revision = entry.Revision + 1 } },
            stored with { Entry = entry with { OrganizationId = journal.Pick<Guid?>([null, journal.Id()]) } },
            stored with { Entry = entry with { PersonId = journal.Id() } },
            stored with { Entry = entry with { OccurTime = entry.OccurTime.AddMicroseconds(1) } },
            stored with { Entry = entry with { EventType = entry.EventType + "2" } },
            stored with { Entry = entry with { Payload = journal.Bytes(journal.Number(40)) } },
            stored with { Salt = journal.Bytes(16) },
            stored with { PayloadDigest = journal.Bytes(32) },
        ];
        var changed = journal.Pick(entries);
        var thoroughness = journal.Number(4);
        if (thoroughness > 0 && changed.Salt is { } salt && changed.Entry.Payload is { } payload)
            changed = changed with { PayloadDigest = JournalDigests.OfPayload(salt, payload.Span) };

        journal.Entries[seal.EntryId] = changed;

        // A payload digest alone that is put right again is no change at all.
        if (changed.Digest().AsSpan().SequenceEqual(seal.Digest) && changed.PayloadFits())
            journal.Entries[seal.EntryId] = changed = changed with { Entry = entry with { PersonId = journal.Id() } };

        if (thoroughness == 2)
            journal.Replace(seal, seal with { Digest = changed.Digest() });
        else if (thoroughness == 3)
            journal.Replace(seal, Rehashed(seal with { Digest = changed.Digest() }));

        return seal.Position;
    }

    private static long Remove(MadeUpJournal journal)
    {
        var seal = journal.Pick(journal.Seals);
        var how = journal.Number(5);
        if (how != 0)
            journal.Seals.Remove(seal);

        if (how != 1)
            journal.Entries.Remove(seal.EntryId);

        if (how is 3 or 4)
            journal.Renumber(seal.Position + 1, -1, how == 4 ? seal.OwnerId : null);

        return seal.Position;
    }

    private static long? Insert(MadeUpJournal journal)
    {
        var forged = journal.Entry(journal.Owner());
        journal.Entries.Add(forged.Entry.EntryId, forged);
        var how = journal.Number(5);
        if (how == 0)
            return null;

        var position = 1 + journal.Number(journal.Seals.Count);
        var before = journal.Seals.Where(seal => seal.OwnerId == forged.Entry.OwnerId && seal.Position < position).MaxBy(seal => seal.Position);
        journal.Renumber(position, 1, how is 1 or 2 ? forged.Entry.OwnerId : null);
        var head = before is null ? ChainHead.Empty : new ChainHead(before.OwnerPosition, before.Hash);
        var seal = Seal.Next(position, head, forged.Entry, forged.PayloadDigest);
        journal.Seals.Add(how is 1 or 3 ? seal : seal with { Hash = journal.Bytes(32) });
        return position;
    }

    private static long Reorder(MadeUpJournal journal)
    {
        var positions = Enumerable.Range(1, journal.Seals.Count).ToList();
        var first = journal.Pick(positions);
        positions.Remove(first);
        var (a, b) = (first, journal.Pick(positions)) is var (x, y) && x < y ? (x, y) : (y, x);
        Seal atA = journal.At(a), atB = journal.At(b);
        switch (journal.Number(6))
        {
            case 0:
                Exchange(atA with { Position = b }, atB with { Position = a });
                break;
            case 1 when atA.OwnerId == atB.OwnerId:
                Exchange(atA with { Position = b, OwnerPosition = atB.OwnerPosition }, atB with { Position = a, OwnerPosition = atA.OwnerPosition });
                break;
            case 2:
                Exchange(atA with { EntryId = atB.EntryId }, atB with { EntryId = atA.EntryId });
                break;
            case 3:
                Exchange(atA with { EntryId = atB.EntryId, Digest = atB.Digest }, atB with { EntryId = atA.EntryId, Digest = atA.Digest });
                break;
            case 4:
                Rotate(from: b, to: a, step: 1);
                break;
            default:
                Rotate(from: a, to: b, step: -1);
                break;
        }

        return a;

        void Exchange(Seal newA, Seal newB)
        {
            journal.Replace(atA, newA);
            journal.Replace(atB, newB);
        }

        // One row goes to another place, and those in between make room.
        void Rotate(long from, long to, int step)
        {
            var moved = journal.At(from);
            journal.Replace(moved, moved with { Position = 0 });
            foreach (var seal in journal.Seals.Where(seal => seal.Position >= Math.Min(from, to) && seal.Position <= Math.Max(from, to)).ToArray())
                journal.Replace(seal, seal with { Position = seal.Position + step });

            journal.Replace(journal.At(0), moved with { Position = to });
        }
    }

    private static Seal Rehashed(Seal seal) => seal with { Hash = MadeUpJournal.HashOf(seal) };
}
