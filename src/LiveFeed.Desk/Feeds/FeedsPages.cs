using LiveFeed.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>Where administrators open feeds, describe them, close them and put them away. Plain forms, as for people.</summary>
internal static class FeedsPages
{
    /// <summary>The address of the page.</summary>
    public const string Path = "/desk/feeds";

    public static void MapFeedsPages(this IEndpointRouteBuilder app)
    {
        var feeds = app.MapDeskForms().WithMetadata(new BodyLimit()).ForSignedIn(DeskRole.Admin).MapGroup("/feeds");
        feeds.MapGet("", (HttpContext http, Archive.Feeds all) => ShowAsync(http, all));
        feeds.MapPost("", CreateAsync).WithMetadata(new NotedAs("createFeed"));
        feeds.MapPost("/{feed}", DescribeAsync).WithMetadata(new NotedAs("changeFeed"));
        feeds.MapPost("/{feed}/status", ChangeStatusAsync).WithMetadata(new NotedAs("changeFeed"));
    }

    private static async Task<IResult> CreateAsync(HttpContext http, FeedDesk desk, Archive.Feeds all)
    {
        var wanted = new NewFeed { Slug = Typed(http, "slug"), Title = Typed(http, "title"), Language = Typed(http, "language"), TimeZone = Typed(http, "timeZone"), Embedding = Embedding(http) };
        return wanted.Check() is { } broken ? await ShowAsync(http, all, alert: http.Words().Rule(broken.Field, EntryRules.NameLimit), typed: wanted, status: StatusCodes.Status400BadRequest)
            : await desk.CreateAsync(wanted, http.RequestAborted) is { } feed ? await ShowAsync(http, all, done: http.Words()["feeds.isOpen", ("title", feed.Title)])
            : await ShowAsync(http, all, alert: http.Words()["feeds.exists", ("slug", wanted.Slug)], typed: wanted, status: StatusCodes.Status409Conflict);
    }

    private static Task<IResult> DescribeAsync(string feed, HttpContext http, FeedDesk desk, Archive.Feeds all) => ChangeAsync(
        feed, http, desk, all, new FeedChange { Title = Typed(http, "title") ?? "", Language = Typed(http, "language") ?? "", TimeZone = Typed(http, "timeZone") ?? "", Embedding = Embedding(http) });

    private static async Task<IResult> ChangeStatusAsync(string feed, HttpContext http, FeedDesk desk, Archive.Feeds all) =>
        Enum.TryParse<FeedStatus>(Typed(http, "status"), ignoreCase: true, out var status) && Enum.IsDefined(status)
            ? await ChangeAsync(feed, http, desk, all, new FeedChange { Status = status })
            : await ShowAsync(http, all, alert: http.Words()["feeds.statuses"], status: StatusCodes.Status400BadRequest);

    private static async Task<IResult> ChangeAsync(string feed, HttpContext http, FeedDesk desk, Archive.Feeds all, FeedChange change) =>
        change.Check() is { } broken ? await ShowAsync(http, all, alert: http.Words().Rule(broken.Field, EntryRules.NameLimit), status: StatusCodes.Status400BadRequest)
        : await desk.ChangeAsync(feed, change, http.RequestAborted) is { } changed
            ? await ShowAsync(http, all, done: http.Words()[change.Status is null ? "feeds.isChanged" : $"feeds.is{changed.Status}", ("title", changed.Title)])
            : await ShowAsync(http, all, alert: http.Words()["feeds.unknown", ("slug", feed)], status: StatusCodes.Status404NotFound);

    // Absent from forms of before there was a choice; what isn't one of them says nothing.
    private static FeedEmbedding? Embedding(HttpContext http) =>
        Typed(http, "embedding") switch { "anywhere" => FeedEmbedding.Anywhere, "partners" => FeedEmbedding.Partners, _ => null };

    private static string? Typed(HttpContext http, string field) => http.Request.Form[field].ToString().Trim() is { Length: > 0 } text ? text : null;

    private static async Task<IResult> ShowAsync(
        HttpContext http, Archive.Feeds all, string? alert = null, string? done = null, NewFeed? typed = null, int status = StatusCodes.Status200OK) =>
        StaffPages.Page<FeedsPage>(
            http, status,
            (nameof(FeedsPage.Feeds), await all.ListAsync(http.RequestAborted)),
            (nameof(FeedsPage.Alert), alert),
            (nameof(FeedsPage.Done), done),
            (nameof(FeedsPage.Typed), typed));
}
