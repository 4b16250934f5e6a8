using System.Globalization;
using LiveFeed.Archive;
using LiveFeed.Contracts;
using LiveFeed.Contracts.Languages;
using LiveFeed.Ticker.Api;
using LiveFeed.Ticker.Embeds;
using LiveFeed.Ticker.Pages;
using LiveFeed.Ticker.Ring;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Ticker.OEmbed;

/// <summary>Tells other sites what to show for the address of a feed or an entry (oEmbed 1.0): a frame with the ticker.</summary>
internal static class OEmbedApi
{
    /// <summary>Its address.</summary>
    public const string Path = "/oembed";

    public static void MapOEmbed(this IEndpointRouteBuilder routes) =>
        routes.MapReading(Path, AnswerAsync).AddEndpointFilter<ArchiveAway>().WithCompression().OpenToAnySite().ExcludeFromDescription();

    private static async Task<Results<FileContentHttpResult, StatusCodeHttpResult, ProblemHttpResult>> AnswerAsync(
        string? url, string? format, string? maxwidth, string? maxheight, Rings rings, FeedReader archive, HttpContext context, CancellationToken cancellation)
    {
        if (Check(url, maxwidth, maxheight) is { } broken)
        {
            return Problems.Invalid(broken);
        }

        if (format is not (null or "json" or "xml"))
        {
            return TypedResults.Problem("format is json or xml.", statusCode: StatusCodes.Status501NotImplemented,
                title: "No such format", type: "/problems/no-such-format");
        }

        if (ShownAddress.Of(url!, context.Request.Host) is not { } shown || await rings.FindAsync(shown.Feed, cancellation) is not { } ring)
        {
            return Unknown();
        }

        var feed = ring.Feed;
        if (feed.Embedding is FeedEmbedding.Partners)
        {
            // The status that oEmbed 1.0 has for what isn't for everybody (section 2.3.4.2).
            return TypedResults.Problem(
                $"The feed '{feed.Slug}' is for partners' sites: they have a line of their own for it.",
                statusCode: StatusCodes.Status401Unauthorized, title: "For partners", type: "/problems/not-for-this-site");
        }

        var entry = shown.Entry is { } id ? await archive.EntryAsync(feed.Slug, id, withBody: false, cancellation) : null;
        if (shown.Entry is not null && entry is not { Status: EntryStatus.Live })
        {
            return Unknown();
        }

        var host = AskedHost.Of(context);
        var answer = OEmbedAnswer.Of(host, shown, Names.Clean(entry?.Headline ?? feed.Title), Pixels(maxwidth), Pixels(maxheight));
        // The title may be corrected; the frame shows what is so by itself.
        return Freshness.IsKnown(context, Freshness.Tag([$"{answer}", format]), Freshness.Shared)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : format is "xml" ? TypedResults.Bytes(answer.ToXml(), "text/xml; charset=utf-8")
            : TypedResults.Bytes(answer.ToJson(), "application/json; charset=utf-8");
    }

    private static BrokenRule? Check(string? url, string? maxwidth, string? maxheight) =>
        string.IsNullOrEmpty(url) ? new("url", "url is the address of a feed or of an entry here.")
        : maxwidth is not null && Pixels(maxwidth) is null ? new("maxwidth", "maxwidth is a number of pixels above zero.")
        : maxheight is not null && Pixels(maxheight) is null ? new("maxheight", "maxheight is a number of pixels above zero.")
        : null;

    private static int? Pixels(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels > 0 ? pixels : null;

    private static ProblemHttpResult Unknown() => TypedResults.Problem(
        "url leads to no feed and no entry of this server that could be shown.",
        statusCode: StatusCodes.Status404NotFound, title: "Nothing to show", type: "/problems/nothing-to-show");
}
