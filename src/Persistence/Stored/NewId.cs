using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Delegation.Persistence.Stored;

/// <summary>Ids of new objects: UUID version 7 (RFC 9562) that rise in the order in which this process makes them, within a millisecond too.</summary>
/// <remarks>
/// Lists come in the order of ids, so what one command makes is listed in the order in which it made it. Twenty-six bits after the time are a counter
/// (method 1 of the RFC's section 6.2) that starts anywhere and may run over; forty-eight stay random.
/// </remarks>
public static class NewId
{
    private static int _counter = RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary>The next id.</summary>
    /// <param name="now">The instant that it tells, by the platform's clock.</param>
    public static Guid At(DateTimeOffset now)
    {
        Span<byte> id = stackalloc byte[16];
        Guid.CreateVersion7(now).TryWriteBytes(id, bigEndian: true, out _);
        var counter = (uint)Interlocked.Increment(ref _counter);

        // Version and variant stay where they are, in the upper bits of bytes 6 and 8.
        BinaryPrimitives.WriteUInt16BigEndian(id[6..], (ushort)(0x7000 | ((counter >> 14) & 0xFFF)));
        BinaryPrimitives.WriteUInt16BigEndian(id[8..], (ushort)(0x8000 | (counter & 0x3FFF)));
        return new Guid(id, bigEndian: true);
    }
}
