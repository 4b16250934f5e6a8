using LiveFeed.Ticker.Api;
using LiveFeed.Ticker.Embeds;
using LiveFeed.Ticker.Pages;
using LiveFeed.Ticker.Partners;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Ticker.Syndication;

/// <summary>A feed in the formats that other programs read.</summary>
internal static class SyndicationApi
{
    public static void MapSyndication(this IEndpointRouteBuilder routes)
    {
        var feeds = routes.MapGroup($"/{{feed:{FeedSlugConstraint.Name}}}").AddEndpointFilter<ArchiveAway>().AddEndpointFilter<PartnerFeeds>().WithCompression().OpenToAnySite().ExcludeFromDescription();
        feeds.MapFormat(RssFormat.Name, RssFormat.Type, RssFormat.Write);
        feeds.MapFormat(AtomFormat.Name, AtomFormat.Type, AtomFormat.Write);
        feeds.MapFormat(JsonFeedFormat.Name, JsonFeedFormat.Type, JsonFeedFormat.Write);
        feeds.MapFormat(NinjsFormat.Name, NinjsFormat.Type, NinjsFormat.Write);
    }

    private static void MapFormat(this RouteGroupBuilder feeds, string name, string type, Func<Edition, byte[]> write) =>
        feeds.MapReading(name, (string feed, [AsParameters] SyndicationRequest request, Editions editions, TimeProvider clock, HttpContext context, CancellationToken cancellation) =>
            AnswerAsync(feed, request, editions, clock, context, name, type, write, cancellation));

    private static async Task<Results<FileContentHttpResult, StatusCodeHttpResult, ProblemHttpResult>> AnswerAsync(
        string feed, SyndicationRequest request, Editions editions, TimeProvider clock, HttpContext context, string name, string type,
        Func<Edition, byte[]> write, CancellationToken cancellation)
    {
        if (request.Check() is { } broken)
        {
            return Problems.Invalid(broken);
        }

        if (await editions.FindAsync(feed, request, cancellation) is not var (described, page, changedAt))
        {
            return Problems.UnknownFeed(feed);
        }

        var host = AskedHost.Of(context);
        // All addresses in it begin with the host.
        var tag = Freshness.Tag([name, host, $"{page.Position}", $"{described}", .. request.Words]);
        if (Freshness.IsKnown(context, tag, Freshness.Shared) | FreshnessByDate.IsKnown(context, changedAt, clock.GetUtcNow()))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var edition = new Edition(host, name, described, page, changedAt, request);
        if (edition.Next is { } next)
        {
            // RFC 8288; for formats that have no place for it.
            context.Response.Headers.Link = $"<{next}>; rel=\"next\"";
        }

        return TypedResults.Bytes(write(edition), $"{type}; charset=utf-8");
    }
}
