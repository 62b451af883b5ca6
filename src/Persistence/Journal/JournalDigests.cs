using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Delegation.Persistence.Journal;

/// <summary>
/// The bytes that the evidence rests on. Whoever wants to check a journal without this program computes:
/// <code>
/// payload digest = SHA-256(salt, payload)
/// entry digest   = SHA-256("delegation.journal.entry.v1\n", entry id, owner id, delegation id?, delegate id?, visibility, object type,
///                  object id, revision, organization id?, person id?, occur time, event type, payload digest)
/// hash           = SHA-256("delegation.journal.seal.v1\n", position, owner id, owner position, previous hash, entry digest)
/// </code>
/// An id is its 16 bytes in network order (RFC 9562 §4). Ids marked ? are a byte 0 when absent, or a byte 1 and the id. Numbers are
/// 8 bytes, big-endian. The time is a number: microseconds since 1970-01-01T00:00:00Z. A text is its length in bytes (4 bytes,
/// big-endian) and its UTF-8 bytes; the two headings above are plain ASCII. The first previous hash of an owner is 32 zero bytes.
/// </summary>
internal static class JournalDigests
{
    public const int SaltSize = 16;
    public const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>Without the salt, which is erased with the payload, nobody can find a short payload by trying.</summary>
    public static byte[] OfPayload(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> payload) => SHA256.HashData([.. salt, .. payload]);

    public static byte[] OfEntry(JournalEntry entry, ReadOnlySpan<byte> payloadDigest)
    {
        var bytes = new ArrayBufferWriter<byte>(320);
        bytes.Write("delegation.journal.entry.v1\n"u8);
        Id(bytes, entry.EntryId);
        Id(bytes, entry.OwnerId);
        OptionalId(bytes, entry.DelegationId);
        OptionalId(bytes, entry.DelegateId);
        Text(bytes, entry.Visibility.Name());
        Text(bytes, entry.ObjectType);
        Id(bytes, entry.ObjectId);
        Number(bytes, entry.Revision);
        OptionalId(bytes, entry.OrganizationId);
        OptionalId(bytes, entry.PersonId);
        Number(bytes, (entry.OccurTime - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        Text(bytes, entry.EventType);
        bytes.Write(payloadDigest);

        return SHA256.HashData(bytes.WrittenSpan);
    }

    public static byte[] OfSeal(long position, Guid ownerId, long ownerPosition, ReadOnlySpan<byte> previousHash, ReadOnlySpan<byte> entryDigest)
    {
        var bytes = new ArrayBufferWriter<byte>(128);
        bytes.Write("delegation.journal.seal.v1\n"u8);
        Number(bytes, position);
        Id(bytes, ownerId);
        Number(bytes, ownerPosition);
        bytes.Write(previousHash);
        bytes.Write(entryDigest);

        return SHA256.HashData(bytes.WrittenSpan);
    }

    private static void Id(ArrayBufferWriter<byte> bytes, Guid id)
    {
        id.TryWriteBytes(bytes.GetSpan(16), bigEndian: true, out var written);
        bytes.Advance(written);
    }

    private static void OptionalId(ArrayBufferWriter<byte> bytes, Guid? id)
    {
        bytes.Write([(byte)(id is null ? 0 : 1)]);
        if (id is { } present)
            Id(bytes, present);
    }

    private static void Number(ArrayBufferWriter<byte> bytes, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(bytes.GetSpan(sizeof(long)), number);
        bytes.Advance(sizeof(long));
    }

    private static void Text(ArrayBufferWriter<byte> bytes, string text)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes.GetSpan(sizeof(int)), Encoding.UTF8.GetByteCount(text));
        bytes.Advance(sizeof(int));
        Encoding.UTF8.GetBytes(text, bytes);
    }
}
