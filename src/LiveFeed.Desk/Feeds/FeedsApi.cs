using LiveFeed.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>Creates feeds and describes them anew.</summary>
internal static class FeedsApi
{
    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        var feeds = app.MapGroup("/api/feeds").RequireRole(DeskRole.Admin).WithTags("Desk");
        feeds.MapPost("/", CreateAsync).WithName("createFeed").WithSummary("Creates a feed.")
            .Accepts<NewFeed>("application/json").Answers(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status409Conflict);
        feeds.MapPatch("/{feed}", ChangeAsync).WithName("changeFeed").WithSummary("Changes a feed's title, language, time zone or who may show it; closes, archives or reopens it.")
            .Accepts<FeedChange>("application/json").Answers(StatusCodes.Status200OK).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, FeedDesk desk)
    {
        var (body, problem) = await JsonBody<NewFeed>.ReadAsync(http);
        if (problem is not null)
        {
            return problem;
        }

        var wanted = body!.Value;
        if (wanted.Check() is { } broken)
        {
            return Problems.Invalid(broken);
        }

        if (!http.Writer().MayWriteTo(wanted.Slug!))
        {
            return Problems.FeedNotYours(wanted.Slug!);
        }

        if (await desk.CreateAsync(wanted, http.RequestAborted) is not { } feed)
        {
            return Problems.FeedExists(wanted.Slug!);
        }

        http.Response.Headers.Location = $"/api/feeds/{feed.Slug}";
        return TypedResults.Json(feed, Wire.Json, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ChangeAsync(string feed, HttpContext http, FeedDesk desk)
    {
        if (EntryRules.CheckSlug("feed", feed) is { } broken)
        {
            return Problems.Invalid(broken);
        }

        var (body, problem) = await JsonBody<FeedChange>.ReadAsync(http);
        return problem is not null ? problem
            : (body!.Emptied ?? body.Value.Check()) is { } wrong ? Problems.Invalid(wrong)
            : await desk.ChangeAsync(feed, body.Value, http.RequestAborted) is { } changed ? TypedResults.Json(changed, Wire.Json)
            : Problems.UnknownFeed(feed);
    }

    private static RouteHandlerBuilder Answers(this RouteHandlerBuilder endpoint, int done) => endpoint
        .WithMetadata(new BodyLimit())
        .Produces<Feed>(done)
        .TakesJson()
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden);
}
