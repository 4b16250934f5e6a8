using System.Net;
using System.Net.Sockets;

namespace LiveFeed.Desk;

/// <summary>The network that an address belongs to.</summary>
internal static class Network
{
    /// <summary>The address with so many bits of it left, IPv4 in its own form; the bits are whole bytes.</summary>
    public static (IPAddress Address, int Bits) Of(IPAddress address, int bits4, int bits6)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        var bits = plain.AddressFamily is AddressFamily.InterNetworkV6 ? bits6 : bits4;
        bytes.AsSpan(bits / 8).Clear();
        return (new IPAddress(bytes), bits);
    }
}
