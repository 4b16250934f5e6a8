using LiveFeed.Contracts;
using Microsoft.AspNetCore.Http;

namespace LiveFeed.Ticker.OEmbed;

/// <summary>What a page of ours shows.</summary>
/// <param name="Feed">The feed's slug.</param>
/// <param name="Entry">The entry; null for the whole feed.</param>
internal sealed record ShownAddress(string Feed, Guid? Entry)
{
    /// <summary>
    /// What the page at <paramref name="url"/> shows; null when it isn't one of this host. The host is compared as a browser would
    /// understand it, whole: what only begins or ends with ours, or has ours in the place of a name and password, is another's.
    /// </summary>
    public static ShownAddress? Of(string url, HostString host)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0
            || !string.Equals(address.IdnHost, host.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)
            || (address.IsDefaultPort ? host.Port is not (null or 80 or 443) : host.Port != address.Port))
        {
            return null;
        }

        return address.AbsolutePath.TrimEnd('/').Split('/') switch
        {
            ["", var feed] when IsFeed(feed) => new(feed.ToLowerInvariant(), null),
            ["", var feed, var id] when IsFeed(feed) && Guid.TryParseExact(id, "D", out var entry) => new(feed.ToLowerInvariant(), entry),
            _ => null,
        };
    }

    private static bool IsFeed(string slug) => EntryRules.CheckNewSlug("feed", slug.ToLowerInvariant()) is null;
}
