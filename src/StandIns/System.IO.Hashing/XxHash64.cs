using System.Buffers.Binary;
using static System.Numerics.BitOperations;

namespace System.IO.Hashing;

/// <summary>The 64-bit hash XXH64, not for cryptography.</summary>
/// <seealso href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md#xxh64-algorithm-description"/>
public sealed class XxHash64
{
    // The five primes of the specification.
    private const ulong P1 = 0x9E3779B185EBCA87;
    private const ulong P2 = 0xC2B2AE3D27D4EB4F;
    private const ulong P3 = 0x165667B19E3779F9;
    private const ulong P4 = 0x85EBCA77C2B2AE63;
    private const ulong P5 = 0x27D4EB2F165667C5;

    private XxHash64()
    {
    }

    /// <summary>The hash of <paramref name="source"/> with seed 0, in big-endian order as the specification writes it.</summary>
    /// <param name="source">What to hash.</param>
    public static byte[] Hash(byte[] source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var hash = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(hash, Compute(source));
        return hash;
    }

    private static ulong Compute(ReadOnlySpan<byte> rest)
    {
        var length = (ulong)rest.Length;
        // Steps 1-3: four lanes over whole stripes of 32 bytes; a short input has none and starts from a prime.
        var hash = rest.Length < 32 ? P5 : Stripes(ref rest);
        // Step 4: the length.
        hash += length;
        // Step 5: what is left, in words of 8, 4 and 1 bytes.
        for (; rest.Length >= 8; rest = rest[8..]) hash = RotateLeft(hash ^ Round(0, rest), 27) * P1 + P4;
        if (rest.Length >= 4)
        {
            hash = RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(rest) * P1), 23) * P2 + P3;
            rest = rest[4..];
        }

        foreach (var one in rest) hash = RotateLeft(hash ^ (one * P5), 11) * P1;
        // Step 6: avalanche.
        hash = (hash ^ (hash >> 33)) * P2;
        hash = (hash ^ (hash >> 29)) * P3;
        return hash ^ (hash >> 32);
    }

    private static ulong Stripes(ref ReadOnlySpan<byte> rest)
    {
        ulong a = unchecked(P1 + P2), b = P2, c = 0, d = unchecked(0 - P1);
        for (; rest.Length >= 32; rest = rest[32..])
        {
            a = Round(a, rest);
            b = Round(b, rest[8..]);
            c = Round(c, rest[16..]);
            d = Round(d, rest[24..]);
        }

        var hash = RotateLeft(a, 1) + RotateLeft(b, 7) + RotateLeft(c, 12) + RotateLeft(d, 18);
        hash = Merge(hash, a);
        hash = Merge(hash, b);
        hash = Merge(hash, c);
        return Merge(hash, d);
    }

    private static ulong Round(ulong lane, ReadOnlySpan<byte> input) => Mix(lane, BinaryPrimitives.ReadUInt64LittleEndian(input));

    private static ulong Mix(ulong lane, ulong word) => RotateLeft(lane + (word * P2), 31) * P1;

    private static ulong Merge(ulong hash, ulong lane) => ((hash ^ Mix(0, lane)) * P1) + P4;
}
