using System.Data.Common;
using System.Globalization;
using Delegation.Persistence.Journal;

namespace Delegation.Persistence.Archive;

/// <summary>An entry of the journal as a line of <c>journal/entries.jsonl</c>: everything that its digest and its seal are made of, bytes in hexadecimal.</summary>
internal sealed record ArchivedEntry(
    long Position, long OwnerPosition, string Digest, string PreviousHash, string Hash, Guid EntryId, Guid OwnerId, Guid? DelegationId, Guid? DelegateId,
    string Visibility, string ObjectType, Guid ObjectId, long Revision, Guid? OrganizationId, Guid? PersonId, string OccurTime, string EventType,
    string? Payload, string? Salt, string PayloadDigest)
{
    /// <summary>Of a row of <c>journal_of</c>.</summary>
    public static ArchivedEntry Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), Hex(row, 2)!, Hex(row, 3)!, Hex(row, 4)!, row.GetGuid(5), row.GetGuid(6), Id(row, 7), Id(row, 8),
        row.GetString(9), row.GetString(10), row.GetGuid(11), row.GetInt64(12), Id(row, 13), Id(row, 14),
        row.GetDateTime(15).ToUniversalTime().ToString("O", CultureInfo.InvariantCulture), row.GetString(16), Hex(row, 17), Hex(row, 18), Hex(row, 19)!);

    /// <summary>What is wrong with it by itself: its payload, its digest, or the hash of its seal; null for nothing.</summary>
    public string? Fault()
    {
        var payload = Payload is null ? null : Convert.FromHexString(Payload);
        var entry = new JournalEntry(
            EntryId, OwnerId, DelegationId, DelegateId, Visibilities.Named(Visibility), ObjectType, ObjectId, Revision, OrganizationId, PersonId,
            DateTime.Parse(OccurTime, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind), EventType, payload is null ? default(ReadOnlyMemory<byte>?) : payload);
        var stored = new StoredEntry(entry, Salt is null ? null : Convert.FromHexString(Salt), Convert.FromHexString(PayloadDigest));
        if (!stored.PayloadFits())
            return "the payload does not have its digest";
        if (Convert.ToHexStringLower(stored.Digest()) != Digest)
            return "the entry does not have the digest of its seal";

        var seal = JournalDigests.OfSeal(Position, OwnerId, OwnerPosition, Convert.FromHexString(PreviousHash), Convert.FromHexString(Digest));
        return Convert.ToHexStringLower(seal) == Hash ? null : "the seal does not have its hash";
    }

    private static Guid? Id(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);

    private static string? Hex(DbDataReader row, int column) => row.IsDBNull(column) ? null : Convert.ToHexStringLower((byte[])row.GetValue(column));
}
