using LiveFeed.Archive;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Api;
using LiveFeed.Ticker.Followers;
using LiveFeed.Ticker.Pages;
using LiveFeed.Ticker.Partners;
using LiveFeed.Ticker.Ring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static LiveFeed.Ticker.Pages.PageAnswers;

namespace LiveFeed.Ticker.Embeds;

/// <summary>What partners' pages load: the widget's script, and the frame, which reads well without it.</summary>
internal static class EmbedPages
{
    // Who embeds it may have a new one within minutes; a page is never held up by asking whether there is one (RFC 5861).
    private const string ForMinutes = "public, max-age=600, stale-while-revalidate=86400";
    private const string ForEver = "public, max-age=31536000, immutable";
    private const string MediaType = "text/javascript; charset=utf-8";

    public static void MapEmbeds(this IEndpointRouteBuilder readers)
    {
        var scripts = readers.MapGroup("").WithCompression().OpenToAnySite().ExcludeFromDescription();
        scripts.MapReading("/embed.js", (EmbedScript script, HttpContext http) => Script(script, http, ForMinutes));
        scripts.MapReading("/embed-{version}.js", (string version, EmbedScript script, HttpContext http) =>
            version == script.Version ? Script(script, http, ForEver) : Problems.UnknownScript(script.Version));
        readers.MapGroup("").AddEndpointFilter(PageHeaders.OfFrames).AddEndpointFilter(OrAwayAsync).WithCompression().ExcludeFromDescription()
            .MapReading("/embed/{feed}", FrameAsync);
    }

    private static IResult Script(EmbedScript script, HttpContext http, string cacheControl) =>
        Freshness.IsKnown(http, $"W/\"{script.Version}\"", cacheControl) ? NotModified : TypedResults.Bytes(script.Content, MediaType);

    private static async Task<IResult> FrameAsync(
        string feed, [AsParameters] FrameRequest request, Rings rings, Snapshots snapshots, FeedReader archive, PartnerList partners, HttpContext context, CancellationToken cancellation)
    {
        if (EntryRules.CheckSlug("feed", feed) is not null || await rings.FindAsync(feed, cancellation) is not { } ring)
        {
            return Trouble(context, StatusCodes.Status404NotFound, "notFound", "unknownFeed");
        }

        var asked = request.Entries;
        if (asked.Check() is { } broken)
        {
            return Trouble(context, StatusCodes.Status400BadRequest, "damaged", "badTag", broken.Field);
        }

        var described = ring.Feed;
        if (described.Embedding is FeedEmbedding.Partners)
        {
            PageHeaders.OfFrames.Narrow(context, partners.FrameOrigins(described, request.Key));
        }

        if (request.Entry is not null)
        {
            return !Guid.TryParseExact(request.Entry, "D", out var id) || await archive.EntryAsync(feed, id, withBody: false, cancellation) is not { } entry
                    ? Trouble(context, StatusCodes.Status404NotFound, "notFound", "unknownEntry")
                : Freshness.IsKnown(context, TagOf(context, ["frame", $"{entry.Seq}", $"{described}", $"{request}"]), Freshness.Shared) ? NotModified
                : Page<EmbedPage>(StatusCodes.Status200OK, new { Feed = described, Entries = (IReadOnlyList<Entry>)[entry], Request = request });
        }

        var page = asked.IsPlain ? await snapshots.NewestAsync(ring, cancellation) : await archive.PageAsync(feed, asked.ToQuery(), cancellation);
        return page is null ? Trouble(context, StatusCodes.Status404NotFound, "notFound", "unknownFeed")
            : Freshness.IsKnown(context, TagOf(context, ["frame", $"{page.Position}", $"{described}", $"{request}"]), asked.IsPlain ? Freshness.Healing : Freshness.Shared)
                ? NotModified
            : Page<EmbedPage>(StatusCodes.Status200OK, new { Feed = described, page.Entries, Request = request });
    }
}
