using LiveFeed.Archive;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Followers;
using LiveFeed.Ticker.Ring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Ticker.Api;

/// <summary>All feeds.</summary>
/// <param name="Feeds">The feeds, the newest first.</param>
public sealed record FeedList(IReadOnlyList<Feed> Feeds);

/// <summary>The feeds and their lists of entries, for programs.</summary>
internal static class FeedApi
{
    public static void MapFeedApi(this RouteGroupBuilder api)
    {
        api.MapReading("/", ListAsync).WithCompression()
            .WithName("listFeeds").WithSummary("All feeds, the newest first.");
        api.MapReading("/{feed}", GetAsync).WithCompression()
            .WithName("getFeed").WithSummary("One feed.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapReading("/{feed}/entries", EntriesAsync).WithCompression()
            .WithName("listEntries").WithSummary("A feed's entries in readers' order, or what changed since a position.")
            .WithDescription("Pinned entries first, then the newest. `next` is the cursor that `before` takes, `previous` the one "
                + "that `after` takes to go back up. With `since`, the "
                + "entries that changed after that position, oldest change first; `next` is then a position for `since`.")
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status410Gone);
    }

    private static async Task<Ok<FeedList>> ListAsync(Feeds feeds, HttpContext context, CancellationToken cancellation)
    {
        context.Response.Headers.CacheControl = Freshness.Shared;
        return TypedResults.Ok(new FeedList(await feeds.ListAsync(cancellation)));
    }

    private static async Task<Results<Ok<Feed>, ProblemHttpResult>> GetAsync(
        string feed, Feeds feeds, HttpContext context, CancellationToken cancellation)
    {
        if (EntryRules.CheckSlug("feed", feed) is { } broken)
        {
            return Problems.Invalid(broken);
        }

        context.Response.Headers.CacheControl = Freshness.Shared;
        return await feeds.FindAsync(feed, cancellation) is { } found ? TypedResults.Ok(found) : Problems.UnknownFeed(feed);
    }

    private static async Task<Results<Ok<EntryPage>, StatusCodeHttpResult, ProblemHttpResult>> EntriesAsync(
        string feed, [AsParameters] ListRequest request, Rings rings, Snapshots snapshots, FeedReader archive, HttpContext context,
        CancellationToken cancellation)
    {
        if ((EntryRules.CheckSlug("feed", feed) ?? request.Check()) is { } broken)
        {
            return Problems.Invalid(broken);
        }

        EntryPage? page;
        if (Position.TryParse(request.Since, out var since))
        {
            page = await archive.SinceAsync(feed, since.Seq, request.Count, request.WithBody, cancellation);
            if (page is not null && (page.Position.Epoch != since.Epoch || page.Position.Seq < since.Seq))
            {
                return Problems.PositionGone();
            }
        }
        else if (request.IsPlain)
        {
            page = await rings.FindAsync(feed, cancellation) is { } ring ? await snapshots.NewestAsync(ring, cancellation) : null;
        }
        else
        {
            page = await archive.PageAsync(feed, request.ToQuery(), cancellation);
        }

        return page is null ? Problems.UnknownFeed(feed)
            : Freshness.IsKnown(context, Freshness.Tag([$"{page.Position}", .. request.Words]), Freshness.Shared)
                ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(page);
    }
}
