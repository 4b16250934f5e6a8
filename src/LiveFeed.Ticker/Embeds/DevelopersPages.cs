using LiveFeed.Archive;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Api;
using LiveFeed.Ticker.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static LiveFeed.Ticker.Pages.PageAnswers;

namespace LiveFeed.Ticker.Embeds;

/// <summary>For those who bring a feed elsewhere: what there is, with lines to copy; a line of one's own; and what readers are owed.</summary>
internal static class DevelopersPages
{
    public static void MapDevelopersPages(this IEndpointRouteBuilder readers)
    {
        var pages = readers.MapGroup("").AddEndpointFilter(PageHeaders.OfPages).AddEndpointFilter(OrAwayAsync).WithCompression().ExcludeFromDescription();
        pages.MapReading("/developers", DevelopersAsync);
        pages.MapReading("/embed", SnippetAsync);
        pages.MapReading("/privacy", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = Freshness.Shared;
            return Page<PrivacyPage>(StatusCodes.Status200OK, new { });
        });
    }

    private static async Task<IResult> DevelopersAsync(Feeds feeds, EmbedScript script, HttpContext context, CancellationToken cancellation)
    {
        var slug = (await ShownAsync(feeds, null, cancellation)).FirstOrDefault()?.Slug;
        context.Response.Headers.CacheControl = Freshness.Shared;
        return Page<DevelopersPage>(StatusCodes.Status200OK, new { Snippet = new Snippet(AskedHost.Of(context), slug ?? "SLUG", new FrameRequest()), HasFeed = slug is not null, Script = script });
    }

    private static async Task<IResult> SnippetAsync(
        string? feed, [AsParameters] FrameRequest request, Feeds feeds, EmbedScript script, HttpContext context, CancellationToken cancellation)
    {
        var open = await ShownAsync(feeds, request.Key, cancellation);
        var chosen = feed is null ? open.FirstOrDefault() : open.FirstOrDefault(one => one.Slug == feed);
        if (chosen is null && feed is not null)
        {
            return Trouble(context, StatusCodes.Status404NotFound, "notFound", "unknownFeed");
        }

        if (request.Entries.Check() is { } broken)
        {
            return Trouble(context, StatusCodes.Status400BadRequest, "damaged", "badTag", broken.Field);
        }

        context.Response.Headers.CacheControl = Freshness.Shared;
        return Page<SnippetPage>(StatusCodes.Status200OK, new
        {
            Feeds = open,
            Snippet = chosen is null ? null : new Snippet(AskedHost.Of(context), chosen.Slug, request),
            Script = script,
        });
    }

    // Without a partner's key a line for a feed that is for partners would show nothing.
    private static async Task<List<Feed>> ShownAsync(Feeds feeds, string? key, CancellationToken cancellation) =>
        [.. (await feeds.ListAsync(cancellation)).Where(feed => feed.Status is FeedStatus.Open && (feed.Embedding is FeedEmbedding.Anywhere || !string.IsNullOrEmpty(key)))];
}
