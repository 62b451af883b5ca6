using System.Buffers.Binary;
using System.Buffers.Text;

namespace Delegation.Persistence.Paging;

/// <summary>
/// The place of a row in a list: what the list is sorted by, and the id that decides between equals. A list that is sorted by id alone
/// leaves the time at its default. A page starts after such a place and not at a number of rows, so that no row is skipped or doubled
/// when others come and go, and a late page costs what the first costs.
/// </summary>
/// <param name="Time">UTC; <see cref="DateTime.MaxValue"/> stands for PostgreSQL's infinity.</param>
/// <param name="Id">The id of the row.</param>
public readonly record struct PageKey(DateTime Time, Guid Id)
{
    private const int Bytes = sizeof(long) + 16;

    /// <summary>The place in the opaque form that callers send back.</summary>
    public string ToToken()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Time.Ticks);
        Id.TryWriteBytes(bytes[sizeof(long)..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads it back; false for anything else.</summary>
    public static bool TryParse(string token, out PageKey key)
    {
        key = default;
        Span<byte> bytes = stackalloc byte[Bytes];
        if (token.Length != Base64Url.GetEncodedLength(Bytes) || !Base64Url.TryDecodeFromChars(token, bytes, out var written) || written != Bytes)
            return false;

        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
            return false;

        key = new PageKey(new DateTime(ticks, DateTimeKind.Utc), new Guid(bytes[sizeof(long)..], bigEndian: true));
        return true;
    }
}
