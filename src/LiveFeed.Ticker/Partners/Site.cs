using LiveFeed.Contracts;
using Microsoft.AspNetCore.Http;

namespace LiveFeed.Ticker.Partners;

/// <summary>Where a ticker stands, by what the browser says of the page. No address of a reader is kept.</summary>
/// <param name="Origin">The page's origin (the header <c>Origin</c>, RFC 6454); null where none was said: then it is no page of a stranger's.</param>
/// <param name="IsOurs">Whether the page is one of this server's own.</param>
/// <param name="Key">The partner's key that the address was asked with, if one was.</param>
public sealed record Site(string? Origin, bool IsOurs, string? Key)
{
    /// <summary>What a partner's key is called in addresses.</summary>
    public const string KeyName = "key";

    // A host's name has at most 253 characters; a reader who invents one costs no more than that.
    private const int Longest = 100;

    /// <summary>Where a request came from.</summary>
    public static Site Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (origin, host) = (Told(request.Headers.Origin), request.Headers.Host.ToString());
        // Browsers say no origin where a page reads from its own server, and it is written in the address line where a person comes.
        var isOurs = origin is not null ? IsAt(origin, host)
            : Told(request.Headers["Sec-Fetch-Site"]) is { } fetched ? fetched is "same-origin" or "none"
            // They tell that over TLS only.
            : Told(request.Headers.Referer) is { } page && IsAt(page, host);
        return new(origin, isOurs, Told(request.Query[KeyName]));
    }

    /// <summary>Where a request to open a WebSocket came from; a browser always says an origin with that.</summary>
    internal static Site Of(string? origin, string host, string? key) => new(Told(origin), origin is not null && IsAt(origin, host), key);

    /// <summary>What the readers there are counted as, when it is no partner's: its host, or one of the names in <see cref="FeedReaders"/>.</summary>
    public string Name =>
        IsOurs && Origin is not null ? FeedReaders.OwnPages
        : Origin is null ? FeedReaders.Programs
        : Uri.TryCreate(Origin, UriKind.Absolute, out var page) && page.IdnHost is { Length: > 0 and <= Longest } name ? name.ToLowerInvariant()
        : FeedReaders.Others;

    private static string? Told(string? header) => string.IsNullOrEmpty(header) ? null : header;

    private static bool IsAt(string address, string? host) =>
        Uri.TryCreate(address, UriKind.Absolute, out var page) && Uri.TryCreate($"{page.Scheme}://{host}", UriKind.Absolute, out var asked)
        && string.Equals(page.IdnHost, asked.IdnHost, StringComparison.OrdinalIgnoreCase) && page.Port == asked.Port;
}
