using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;

namespace Delegation.Gateway.Limits;

/// <summary>Whose calls are counted.</summary>
/// <param name="Kind"><c>person</c>, <c>organization</c> or <c>address</c>.</param>
/// <param name="Name">Who of that kind; for a person the issuer.</param>
/// <param name="Within">For a person the subject, which the issuer has named.</param>
internal readonly record struct Subject(string Kind, string Name, string Within = "")
{
    public static Subject Person(ClaimsPrincipal bearer) => new("person", bearer.FindFirst("iss")!.Value, bearer.FindFirst("sub")!.Value);

    public static Subject Organization(string id) => new("organization", id);

    /// <summary>An address of version 6 by its first half: whoever has one has all of that network.</summary>
    public static Subject Address(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
            return new("address", address?.MapToIPv4().ToString() ?? "");

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return new("address", $"{BinaryPrimitives.ReadUInt64BigEndian(bytes):x16}");
    }

    /// <summary>Under which it is counted in Redis: tells apart, and tells nobody who it is.</summary>
    public string Key(long window)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{Name.Length} {Name} {Within}"));
        return $"limits:{Kind}:{Convert.ToHexStringLower(digest.AsSpan(0, 16))}:{window}";
    }
}
