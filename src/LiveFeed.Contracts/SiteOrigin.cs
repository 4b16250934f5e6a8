namespace LiveFeed.Contracts;

/// <summary>Where a page is, as browsers say it in the header <c>Origin</c> (RFC 6454).</summary>
public static class SiteOrigin
{
    /// <summary>What browsers say of a page that has none: a frame in a sandbox, a file.</summary>
    public const string None = "null";

    private const int Longest = 300;

    /// <summary>
    /// The origin of an address that a person has typed, as browsers write it: the host in lower case and as ASCII, the port only
    /// where it isn't the scheme's own. Null for what has more than an origin, or isn't http or https.
    /// </summary>
    public static string? Of(string? typed) =>
        typed is { Length: <= Longest } && !typed.Contains('*', StringComparison.Ordinal)
        && Uri.TryCreate(typed.Trim(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        && address.UserInfo.Length == 0 && address.PathAndQuery == "/" && address.Fragment.Length == 0 && address.IdnHost is { Length: > 0 } host
        && !host.EndsWith('.')
            ? $"{address.Scheme}://{(address.HostNameType is UriHostNameType.IPv6 ? $"[{host}]" : host.ToLowerInvariant())}{(address.IsDefaultPort ? "" : $":{address.Port}")}"
            : null;
}
