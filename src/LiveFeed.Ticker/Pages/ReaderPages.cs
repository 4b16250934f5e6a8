using System.Data.Common;
using LiveFeed.Archive;
using LiveFeed.Archive.Databases;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Api;
using LiveFeed.Ticker.Followers;
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
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapReaderPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AddEndpointFilter<PageHeaders>().AddEndpointFilter(AwayAsync).ExcludeFromDescription();
        pages.MapMethods("/", Methods, FeedsAsync);
        pages.MapMethods($"/{{feed:{FeedSlugConstraint.Name}}}", Methods, FeedAsync);
        pages.MapMethods($"/{{feed:{FeedSlugConstraint.Name}}}/{{id:guid}}", Methods, EntryAsync);
    }

    private static async Task<IResult> FeedsAsync(Feeds feeds, HttpContext context, CancellationToken cancellation)
    {
        context.Response.Headers.CacheControl = Freshness.Shared;
        return Page<FeedsPage>(StatusCodes.Status200OK, new { Feeds = await feeds.ListAsync(cancellation) });
    }

    private static async Task<IResult> FeedAsync(
        string feed, string? before, Rings rings, Snapshots snapshots, FeedReader archive, HttpContext context, CancellationToken cancellation)
    {
        if (await rings.FindAsync(feed, cancellation) is not { } ring)
        {
            return Trouble(StatusCodes.Status404NotFound, Words.NotFound, Words.UnknownFeed);
        }

        var cursor = Cursor.Parse(before);
        if (before is not null && cursor is null)
        {
            return Trouble(StatusCodes.Status400BadRequest, Words.Damaged, Words.BadCursor);
        }

        var described = ring.Feed;
        var page = cursor is null
            ? await snapshots.NewestAsync(ring, cancellation)
            : await archive.PageAsync(feed, new PageQuery { Limit = Snapshots.Count, Before = cursor }, cancellation);
        return page is null ? Trouble(StatusCodes.Status404NotFound, Words.NotFound, Words.UnknownFeed)
            : Freshness.IsKnown(context, Freshness.Tag(page.Position, "page", described.ToString(), before), Freshness.Shared)
                ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : cursor is null ? Page<FeedPage>(StatusCodes.Status200OK, new { Feed = described, Page = page })
            : Page<OlderPage>(StatusCodes.Status200OK, new { Feed = described, Page = page });
    }

    private static async Task<IResult> EntryAsync(
        string feed, Guid id, Rings rings, FeedReader archive, HttpContext context, CancellationToken cancellation)
    {
        if (await rings.FindAsync(feed, cancellation) is not { } ring)
        {
            return Trouble(StatusCodes.Status404NotFound, Words.NotFound, Words.UnknownFeed);
        }

        if (await archive.EntryAsync(feed, id, withBody: false, cancellation) is not { } entry)
        {
            return Trouble(StatusCodes.Status404NotFound, Words.NotFound, Words.UnknownEntry);
        }

        context.Response.Headers.CacheControl = Freshness.Shared;
        return Page<PermanentPage>(
            entry.Status is EntryStatus.Retracted ? StatusCodes.Status410Gone : StatusCodes.Status200OK, new { ring.Feed, Entry = entry });
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
            return Trouble(StatusCodes.Status503ServiceUnavailable, Words.Away, Words.ArchiveAway);
        }
    }

    private static RazorComponentResult<TPage> Page<TPage>(int status, object parameters) where TPage : IComponent =>
        new(parameters) { StatusCode = status };

    private static RazorComponentResult<TroublePage> Trouble(int status, string title, string text) =>
        Page<TroublePage>(status, new { Title = title, Text = text });
}
