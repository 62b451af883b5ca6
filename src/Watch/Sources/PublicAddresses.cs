using System.Net;
using System.Net.Sockets;

namespace Delegation.Watch.Sources;

/// <summary>Where the platform may connect to when it reads what people told it to read.</summary>
internal interface IAddressPolicy
{
    bool Allows(IPEndPoint destination);
}

/// <summary>
/// Public addresses and the two ports of the web, nothing else: no address of this machine, of its network or of the provider's, in none of the forms in which
/// IPv6 holds an address of IPv4. https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry. No setting opens it.
/// </summary>
internal sealed class PublicAddresses : IAddressPolicy
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24",
            "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
            "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    // Of IPv6 only this is given out for the world; loopback, link-local, unique local, multicast, translated and mapped addresses are all outside of it.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    public bool Allows(IPEndPoint destination) => destination.Port is 80 or 443 && IsPublic(destination.Address);

    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(plain))
            && !NotPublic.Any(network => network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain));
    }
}
