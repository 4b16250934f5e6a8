using System.Data.Common;
using LiveFeed.Archive;
using LiveFeed.Archive.Databases;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Api;
using LiveFeed.Ticker.Followers;
using LiveFeed.Ticker.Pages.Changes;
using LiveFeed.Ticker.Ring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

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
        var pages = routes.MapGroup("").AddEndpointFilter<PageHeaders>().AddEndpointFilter(AwayAsync).AddEndpointFilter<OneAddress>().ExcludeFromDescription();
        pages.MapMethods("/", Methods, FeedsAsync);
        pages.MapMethods(OneFeed, Methods, FeedAsync);
        pages.MapMethods($"{OneFeed}/{{id:guid}}", Methods, EntryAsync);
        pages.MapMethods($"{OneFeed}/{{id:guid}}{Changes}", Methods, ChangesAsync);
    }

    private static async Task<IResult> FeedsAsync(Feeds feeds, FeedReader archive, HttpContext context, CancellationToken cancellation)
    {
        context.Response.Headers.CacheControl = Freshness.Page;
        return Page<FeedsPage>(StatusCodes.Status200OK, new
        {
            Words = ReaderLanguage.Of(context),
            Feeds = await feeds.ListAsync(cancellation),
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
        if (asked.Check() is not null)
        {
            return Trouble(context, StatusCodes.Status400BadRequest, "damaged", "badCursor");
        }

        var described = ring.Feed;
        var page = asked.IsPlain ? await snapshots.NewestAsync(ring, cancellation) : await archive.PageAsync(feed, asked.ToQuery(), cancellation);
        if (page is null)
        {
            return Trouble(context, StatusCodes.Status404NotFound, "notFound", "unknownFeed");
        }

        if (Freshness.IsKnown(context, Freshness.Tag(page.Position, ["page", described.ToString(), $"{context.Request.Host}", .. asked.Words]), Freshness.Page))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
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

        context.Response.Headers.CacheControl = Freshness.Page;
        return entry.Status is EntryStatus.Retracted
            ? Page<WithdrawnPage>(StatusCodes.Status410Gone, new { ring.Feed, Entry = entry })
            : Page<FeedPage>(StatusCodes.Status200OK, new
            {
                ring.Feed,
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
        context.Response.Headers.CacheControl = Freshness.Page;
        return revisions switch
        {
            [] => Trouble(context, StatusCodes.Status404NotFound, "notFound", "unknownEntry"),
            [.., { Status: EntryStatus.Retracted } tombstone] => Page<WithdrawnPage>(StatusCodes.Status410Gone, new { ring.Feed, Entry = tombstone }),
            _ => Page<ChangesPage>(StatusCodes.Status200OK, new { ring.Feed, Entry = revisions[^1], Changes = Change.Of(revisions) }),
        };
    }

    private static async ValueTask<object?> AwayAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception failure) when ((failure is DbException or OperationCanceledException || ArchiveDatabase.IsPassing(failure))
            && !context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return Trouble(context.HttpContext, StatusCodes.Status503ServiceUnavailable, "away", "archiveAway");
        }
    }

    private static RazorComponentResult<TPage> Page<TPage>(int status, object parameters) where TPage : IComponent =>
        new(parameters) { StatusCode = status };

    private static RazorComponentResult<TroublePage> Trouble(HttpContext context, int status, string title, string text) =>
        Page<TroublePage>(status, new { Words = ReaderLanguage.Of(context), Title = title, Text = text });
}
