using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LiveFeed.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace LiveFeed.Ticker.Api;

/// <summary>ETags, and whether the caller has the answer already (RFC 9110, section 13).</summary>
internal static class Freshness
{
    // What a position looks like in the answer may change with the program.
    private static readonly string Build = typeof(Freshness).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];

    /// <summary>The tag of an answer that follows from a feed's log at <paramref name="position"/> and from <paramref name="asked"/>.</summary>
    public static string Tag(Position position, params IEnumerable<string?> asked)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', asked.Prepend(Build))));
        return string.Create(CultureInfo.InvariantCulture, $"\"{position.Epoch}-{position.Seq}-{Convert.ToHexStringLower(hash.AsSpan(0, 6))}\"");
    }

    /// <summary>Sets the tag and how long a shared cache may keep the answer. True when the caller has it: then 304 is the answer.</summary>
    public static bool IsKnown(HttpContext context, string tag, string cacheControl)
    {
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = cacheControl;
        var own = new EntityTagHeaderValue(tag);
        return EntityTagHeaderValue.TryParseList([.. context.Request.Headers.IfNoneMatch.OfType<string>()], out var held)
            && held.Any(one => one == EntityTagHeaderValue.Any || one.Compare(own, useStrongComparison: false));
    }

    /// <summary>For lists and pages: a shared cache may answer a rush, and asks again after a second.</summary>
    public const string Shared = "public, max-age=1";

    /// <summary>
    /// For pages: a browser asks every time, a shared cache after a second. It may not answer with what is older while it asks, or
    /// what was withdrawn would be read for longer.
    /// </summary>
    public const string Page = "public, max-age=0, s-maxage=1";

    /// <summary>For single entries, which writers change: kept, but asked for every time.</summary>
    public const string Revalidated = "public, no-cache";
}
