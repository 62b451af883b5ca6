using System.Security.Cryptography;
using System.Text;
using Delegation.Persistence.Journal;

namespace Delegation.Journal.Tests;

public sealed class Verifying_a_journal
{
    private const int Length = 40;

    [Fact]
    public void An_untouched_journal_is_valid_and_its_ends_are_told()
    {
        var journal = new MadeUpJournal(seed: 1, Length);

        var report = journal.Verify();

        Assert.Null(report.Fault);
        Assert.Equal((Length, 0), (report.Entries, report.Erased));
        Assert.Equal(4, report.Ends.Count);
        Assert.Equal(journal.At(Length).Hash, report.Ends[^1].Hash.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Each_of_250_tamperings_at_random_is_named_by_kind_and_position(int kind)
    {
        for (var seed = 0; seed < 250; seed++)
        {
            var journal = new MadeUpJournal(seed, Length);
            var (expected, position) = Tampering.Tamper(journal, (ChainFaultKind)kind);

            var fault = journal.Verify().Fault;

            Assert.True((expected, position) == (fault?.Kind, fault?.Position), $"seed {seed}: {expected} at {position}, but: {fault}");
        }
    }

    [Fact]
    public void An_entry_whose_payload_was_erased_keeps_the_chain_valid_and_is_still_protected()
    {
        var journal = new MadeUpJournal(seed: 2, Length);
        var id = journal.At(7).EntryId;
        var erased = journal.Entries[id] with { Salt = null };
        journal.Entries[id] = erased = erased with { Entry = erased.Entry with { Payload = null } };

        Assert.Equal((null, 1L), (journal.Verify().Fault, journal.Verify().Erased));

        journal.Entries[id] = erased with { Entry = erased.Entry with { Revision = 1000 } };
        Assert.Equal((ChainFaultKind.Altered, 7), (journal.Verify().Fault!.Kind, journal.Verify().Fault!.Position));
    }

    [Fact]
    public void Only_an_end_known_from_elsewhere_shows_that_a_journal_was_cut()
    {
        var journal = new MadeUpJournal(seed: 3, Length);
        journal.Entries.Remove(journal.At(Length).EntryId);
        journal.Seals.Remove(journal.At(Length));

        Assert.Null(journal.Verify(ends: []).Fault);
        Assert.Equal((ChainFaultKind.Removed, Length), (journal.Verify().Fault!.Kind, journal.Verify().Fault!.Position));
    }

    /// <summary>The bytes as the documentation of the digests describes them, put together here by hand.</summary>
    [Fact]
    public void The_hashed_bytes_are_the_documented_ones()
    {
        var (entryId, owner, delegation, subject, organization) = (Id("01"), Id("02"), Id("03"), Id("04"), Id("05"));
        byte[] salt = [.. Enumerable.Repeat((byte)0xAA, 16)], payload = [1, 2, 3];
        var entry = new JournalEntry(
            entryId, owner, delegation, null, Visibility.Insurer, "thing", subject, 258, organization, null,
            new DateTime(1970, 1, 1, 0, 0, 1, DateTimeKind.Utc), "é.v1.E", payload);

        var payloadDigest = SHA256.HashData([.. salt, .. payload]);
        var entryDigest = SHA256.HashData(
        [
            .. "delegation.journal.entry.v1\n"u8,
            .. Bytes("01"), .. Bytes("02"), 1, .. Bytes("03"), 0,
            0, 0, 0, 7, .. "insurer"u8, 0, 0, 0, 5, .. "thing"u8, .. Bytes("04"),
            0, 0, 0, 0, 0, 0, 1, 2, 1, .. Bytes("05"), 0,
            0, 0, 0, 0, 0, 0x0F, 0x42, 0x40, 0, 0, 0, 7, .. Encoding.UTF8.GetBytes("é.v1.E"),
            .. payloadDigest,
        ]);
        var hash = SHA256.HashData(
            [.. "delegation.journal.seal.v1\n"u8, 0, 0, 0, 0, 0, 0, 0, 9, .. Bytes("02"), 0, 0, 0, 0, 0, 0, 0, 1, .. new byte[32], .. entryDigest]);

        var seal = Seal.Next(9, ChainHead.Empty, entry, JournalDigests.OfPayload(salt, payload));
        Assert.Equal(payloadDigest, JournalDigests.OfPayload(salt, payload));
        Assert.Equal(entryDigest, seal.Digest);
        Assert.Equal(hash, seal.Hash);

        static Guid Id(string end) => Guid.Parse($"00112233-4455-6677-8899-aabbccddee{end}");
        static byte[] Bytes(string end) => Convert.FromHexString($"00112233445566778899aabbccddee{end}");
    }
}
