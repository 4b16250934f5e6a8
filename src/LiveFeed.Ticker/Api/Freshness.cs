using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace LiveFeed.Ticker.Api;

/// <summary>ETags, and whether the caller has the answer already (RFC 9110, section 13).</summary>
internal static class Freshness
{
    // What a position looks like in the answer may change with the program.
    private static readonly string Build = typeof(Freshness).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];

    /// <summary>The tag of an answer that follows from <paramref name="words"/>: a position, and what was asked.</summary>
    public static string Tag(params IEnumerable<string?> words)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', words.Prepend(Build))));
        // Weak: compressed and as it is, an answer has other bytes and the same tag (RFC 9110, section 8.8.3.3).
        return $"W/\"{Convert.ToHexStringLower(hash.AsSpan(0, 12))}\"";
    }

    /// <summary>Sets the tag and how long a shared cache may keep the answer. True when the caller has it: then 304 is the answer.</summary>
    public static bool IsKnown(HttpContext context, string tag, string cacheControl)
    {
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = cacheControl;
        var own = EntityTagHeaderValue.Parse(tag);
        return EntityTagHeaderValue.TryParseList([.. context.Request.Headers.IfNoneMatch.OfType<string>()], out var held)
            && held.Any(one => one == EntityTagHeaderValue.Any || one.Compare(own, useStrongComparison: false));
    }

    /// <summary>
    /// For lists and pages: who asks again, asks every time; a shared cache may answer a rush, and asks after a second. It may not
    /// answer with what is older while it asks, or what was withdrawn would be read for longer.
    /// </summary>
    public const string Shared = "public, max-age=0, s-maxage=1";

    /// <summary>
    /// For the live page of a feed, where the rush is: no reader waits while a shared cache asks (RFC 5861). What comes a second
    /// late that way, the element mends as soon as it connects; nothing mends the other addresses.
    /// </summary>
    public const string Healing = $"{Shared}, stale-while-revalidate=1";

    /// <summary>For single entries, which writers change: kept, but asked for every time.</summary>
    public const string Revalidated = "public, no-cache";
}
