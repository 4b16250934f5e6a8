using LiveFeed.Archive;
using LiveFeed.Archive.History;
using LiveFeed.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>Where the newsroom looks up what readers saw at a time, and what became of one item. It reads, and changes nothing.</summary>
internal static class HistoryPages
{
    /// <summary>The address of what readers saw; an item's own is below it, by feed and id.</summary>
    public const string Path = "/desk/history";

    private const int MostEntries = 50;

    private const int MostRevisions = 30;

    public static void MapHistoryPages(this IEndpointRouteBuilder app)
    {
        var history = app.MapDeskForms().ForSignedIn(DeskRole.Reporter).MapGroup("/history");
        history.MapGet("", AtAsync);
        history.MapGet("/{feed}/{id:guid}", OfEntryAsync);
    }

    private static async Task<IResult> AtAsync(
        HttpContext http, Archive.Feeds feeds, EntryHistory history, TimeProvider clock, string? feed = null, string? at = null, string? before = null)
    {
        var all = await feeds.ListAsync(http.RequestAborted);
        var chosen = all.FirstOrDefault(one => one.Slug == feed) ?? (feed is null && all.Count > 0 ? all[0] : null);
        if (chosen is null)
        {
            return StaffPages.Page<FeedPastPage>(http, StatusCodes.Status404NotFound, (nameof(FeedPastPage.Feeds), all), (nameof(FeedPastPage.Alert), http.Words()["feeds.noSuch"]));
        }

        var now = clock.GetUtcNow();
        var (moment, wrong) = string.IsNullOrEmpty(at) ? (now, null) : Rfc3339.TryParse(at, out var exact) ? (exact, null) : LocalTime.Find(at, chosen.TimeZone);
        var place = Cursor.Parse(before);
        var alert = wrong is { } trouble ? http.Words()[$"rules.{trouble.ToString().ToLowerInvariant()}", ("zone", chosen.TimeZone)]
            : moment > now ? http.Words()["history.ahead"]
            : before is not null && place is null ? http.Words()["history.noPage"]
            : null;
        return StaffPages.Page<FeedPastPage>(
            http, alert is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
            (nameof(FeedPastPage.Feeds), all), (nameof(FeedPastPage.Chosen), chosen), (nameof(FeedPastPage.Alert), alert), (nameof(FeedPastPage.At), alert is null ? moment : now),
            (nameof(FeedPastPage.Stood), alert is null ? await history.AtAsync(chosen.Slug, moment, place, MostEntries, http.RequestAborted) : null));
    }

    private static async Task<IResult> OfEntryAsync(string feed, Guid id, HttpContext http, Archive.Feeds feeds, PastRevisions past, string? before = null)
    {
        var isPage = RevisionNumber.TryRead(before, out var below);
        if (await feeds.FindAsync(feed, http.RequestAborted) is not { } known
            || await past.ReadAsync(feed, id, isPage ? below : null, MostRevisions, Gate.WriterOf(http.Session()), http.RequestAborted) is not { } read)
        {
            return StaffPages.Page<FeedPastPage>(
                http, StatusCodes.Status404NotFound,
                (nameof(FeedPastPage.Feeds), await feeds.ListAsync(http.RequestAborted)), (nameof(FeedPastPage.Alert), http.Words()["history.noItem"]));
        }

        return StaffPages.Page<EntryPastPage>(http, StatusCodes.Status200OK, (nameof(EntryPastPage.Feed), known), (nameof(EntryPastPage.History), read));
    }
}
