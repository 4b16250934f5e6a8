using LiveFeed.Contracts;

namespace LiveFeed.Ticker.Receipts;

/// <summary>Where a ticker stands, by what the browser says of the page (the header <c>Origin</c>, RFC 6454). No address is kept.</summary>
internal static class Partners
{
    // A host's name has at most 253 characters; a reader who invents one costs no more than that.
    private const int Longest = 100;

    /// <summary>The partner's host, or one of the names in <see cref="FeedReaders"/>.</summary>
    /// <param name="origin">The page's origin; null or empty when none was said.</param>
    /// <param name="host">The host that was asked.</param>
    public static string Of(string? origin, string? host) =>
        string.IsNullOrEmpty(origin) ? FeedReaders.Programs
        : !Uri.TryCreate(origin, UriKind.Absolute, out var page) || page.IdnHost is not { Length: > 0 and <= Longest } name ? FeedReaders.Others
        : name.Equals(HostOf(host), StringComparison.OrdinalIgnoreCase) ? FeedReaders.OwnPages
        : name.ToLowerInvariant();

    private static string? HostOf(string? host) => Uri.TryCreate($"http://{host}", UriKind.Absolute, out var asked) ? asked.IdnHost : null;
}
