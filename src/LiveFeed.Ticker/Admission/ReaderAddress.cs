using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;

namespace LiveFeed.Ticker.Admission;

/// <summary>Where a reader comes from, as far as limits go.</summary>
/// <param name="Network">The address; of IPv6 the network's 64 bits, since every subscriber has as many addresses as it likes.</param>
/// <param name="IsExempt">True for a program on this machine that came through no proxy.</param>
public readonly record struct ReaderAddress(IPAddress Network, bool IsExempt)
{
    /// <summary>The place of who stands at the other end, or of whom a proxy there speaks for.</summary>
    /// <param name="remote">The other end of the connection.</param>
    /// <param name="forwardedFor">The address that was forwarded with the request; null when none was.</param>
    /// <param name="proxies">Which proxies are believed (<c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c> believes any).</param>
    public static ReaderAddress Of(IPAddress? remote, string? forwardedFor, ForwardedHeadersOptions proxies)
    {
        ArgumentNullException.ThrowIfNull(proxies);
        remote ??= IPAddress.None;
        return forwardedFor is not null && Believes(proxies, remote) && IPEndPoint.TryParse(forwardedFor, out var reader)
            ? new(NetworkOf(reader.Address), IsExempt: false)
            : Direct(remote);
    }

    /// <summary>The place of who came through a proxy that has been looked at already, or through none.</summary>
    public static ReaderAddress Known(IPAddress? address, bool throughProxy) =>
        throughProxy ? new(NetworkOf(address ?? IPAddress.None), IsExempt: false) : Direct(address ?? IPAddress.None);

    private static ReaderAddress Direct(IPAddress address) => new(NetworkOf(address), IPAddress.IsLoopback(address));

    private static IPAddress NetworkOf(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (plain.AddressFamily is not System.Net.Sockets.AddressFamily.InterNetworkV6)
        {
            return plain;
        }

        var bytes = plain.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private static bool Believes(ForwardedHeadersOptions proxies, IPAddress remote) =>
        proxies.ForwardedHeaders.HasFlag(ForwardedHeaders.XForwardedFor)
        && ((proxies.KnownProxies.Count == 0 && proxies.KnownIPNetworks.Count == 0)
            || proxies.KnownProxies.Contains(remote)
            || proxies.KnownIPNetworks.Any(network => network.Contains(remote)));
}
