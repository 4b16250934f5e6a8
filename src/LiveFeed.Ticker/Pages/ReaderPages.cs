using LiveFeed.Archive;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Api;
using LiveFeed.Ticker.Followers;
using LiveFeed.Ticker.Pages.Changes;
using LiveFeed.Ticker.Ring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static LiveFeed.Ticker.Pages.PageAnswers;

namespace LiveFeed.Ticker.Pages;

/// <summary>The pages for readers, whole on the server: they read well without JavaScript, and the element takes over what stands there.</summary>
internal static class ReaderPages
{
    /// <summary>How the address of an entry's changes ends.</summary>
    public const string Changes = "/changes";

    private const string OneFeed = $"/{{feed:{FeedSlugConstraint.Name}}}";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapReaderPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AddEndpointFilter(PageHeaders.OfPages).AddEndpointFilter(OrAwayAsync).AddEndpointFilter<OneAddress>()
            .WithCompression().ExcludeFromDescription();
        pages.MapMethods("/", Methods, FeedsAsync);
        pages.MapMethods(OneFeed, Methods, FeedAsync);
        pages.MapMethods($"{OneFeed}/{{id:guid}}", Methods, EntryAsync);
        pages.MapMethods($"{OneFeed}/{{id:guid}}{Changes}", Methods, ChangesAsync);
    }

    private static async Task<IResult> FeedsAsync(Feeds feeds, FeedReader archive, HttpContext context, CancellationToken cancellation)
    {
        var words = ReaderLanguage.Of(context);
        var all = (await feeds.ListAsync(cancellation)).Where(feed => feed.Status is not FeedStatus.Archived).ToList();
        // Before the items that they stand for: what is shown is never older than its tag, or than its position says.
        var positions = await archive.PositionsAsync(cancellation);
        var tag = TagOf(context, [words.Language, .. all.Select(feed => $"{feed} {positions[feed.Slug]}")]);
        return Freshness.IsKnown(context, tag, Freshness.Shared) ? NotModified : Page<FeedsPage>(StatusCodes.Status200OK, new
        {
            Words = words,
            Feeds = all,
            Positions = positions,
            Newest = await archive.NewestOfAllAsync(cancellation),
        });
    }

    private static async Task<IResult> FeedAsync(
        string feed, [AsParameters] ListRequest request, Rings rings, Snapshots snapshots, FeedReader archive, HttpContext context, CancellationToken cancellation)
    {
        if (await rings.FindAsync(feed, cancellation) is not { } ring)
        {
            return Trouble(context, StatusCodes.Status404NotFound, "notFound", "unknownFeed");
        }

        var asked = new ListRequest { Before = request.Before, After = request.After, Tag = request.Tag };
        if (asked.Check() is { } broken)
        {
            return Trouble(context, StatusCodes.Status400BadRequest, "damaged", broken.Field == "tag" ? "badTag" : "badCursor", broken.Field);
        }

        var described = ring.Feed;
        var page = asked.IsPlain ? await snapshots.NewestAsync(ring, cancellation) : await archive.PageAsync(feed, asked.ToQuery(), cancellation);
        if (page is null)
        {
            return Trouble(context, StatusCodes.Status404NotFound, "notFound", "unknownFeed");
        }

        if (Freshness.IsKnown(context, TagOf(context, [$"{page.Position}", $"{described}", .. asked.Words]), asked.IsPlain ? Freshness.Healing : Freshness.Shared))
        {
            return NotModified;
        }

        return Page<FeedPage>(StatusCodes.Status200OK, new
        {
            Feed = described,
            Page = page,
            Part = new FeedPart(asked.Before, asked.After, asked.Tag),
            KeyEvents = asked.IsPlain ? await snapshots.KeyEventsAsync(ring, cancellation) : null,
        });
    }

    private static async Task<IResult> EntryAsync(
        string feed, Guid id, Rings rings, Snapshots snapshots, FeedReader archive, HttpContext context, CancellationToken cancellation)
    {
        if (await rings.FindAsync(feed, cancellation) is not { } ring)
        {
            return Trouble(context, StatusCodes.Status404NotFound, "notFound", "unknownFeed");
        }

        if (await Neighbours.OfAsync(archive, feed, id, cancellation) is not var (entry, page))
        {
            return Trouble(context, StatusCodes.Status404NotFound, "notFound", "unknownEntry");
        }

        if (entry.Status is EntryStatus.Retracted)
        {
            return Withdrawn(context, ring.Feed, entry);
        }

        var described = ring.Feed;
        if (Freshness.IsKnown(context, TagOf(context, [$"{page.Position}", $"{described}", $"{id}"]), Freshness.Shared))
        {
            return NotModified;
        }

        // The page comes from the archive, its key events from the ring: they must not be older than the page's tag says.
        return !await ring.CatchUpAsync(page.Position, cancellation) ? Away(context) : Page<FeedPage>(StatusCodes.Status200OK, new
        {
            Feed = described,
            Page = page,
            Part = new FeedPart(),
            Current = entry,
            KeyEvents = await snapshots.KeyEventsAsync(ring, cancellation),
        });
    }

    private static async Task<IResult> ChangesAsync(
        string feed, Guid id, Rings rings, FeedReader archive, HttpContext context, CancellationToken cancellation)
    {
        if (await rings.FindAsync(feed, cancellation) is not { } ring)
        {
            return Trouble(context, StatusCodes.Status404NotFound, "notFound", "unknownFeed");
        }

        var revisions = await archive.RevisionsAsync(feed, id, withBody: false, cancellation);
        if (revisions is [])
        {
            return Trouble(context, StatusCodes.Status404NotFound, "notFound", "unknownEntry");
        }

        var (described, entry) = (ring.Feed, revisions[^1]);
        var newest = ring.State.Top with { Seq = entry.Seq };
        return entry.Status is EntryStatus.Retracted ? Withdrawn(context, described, entry)
            : Freshness.IsKnown(context, TagOf(context, [$"{newest}", $"{described}", $"{id}", Changes]), Freshness.Shared) ? NotModified
            : Page<ChangesPage>(StatusCodes.Status200OK, new { Feed = described, Entry = entry, Changes = Change.Of(revisions) });
    }
}
