using LiveFeed.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>Who reads, and how many, over the last hour or day: for programs, and as a chart for the newsroom.</summary>
internal static class ReadersPages
{
    /// <summary>The address of the chart.</summary>
    public const string Path = "/desk/readers";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(ReaderBook.MostMinutes);

    public static void MapReaders(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/feeds/{feed}/readers", ReadAsync).RequireRole(DeskRole.Reporter).WithTags("Receipts").AddEndpointFilter<NotStored>()
            .WithName("readReaders").WithSummary("How many tickers of a feed are open, now and minute by minute, by where they stand.")
            .WithDescription("`from` and `to` are times as RFC 3339 has them, at most two days apart; the last hour unless given. Kept for 90 days.")
            .Produces<ReadersOverTime>().Refuses();
        app.MapDeskForms().ForSignedIn(DeskRole.Reporter).MapGet("/readers", ShowAsync);
    }

    private static async Task<IResult> ReadAsync(
        string feed, HttpContext http, Receipts receipts, ReaderBook book, Archive.Feeds feeds, TimeProvider clock, string? from = null, string? to = null)
    {
        var end = clock.GetUtcNow();
        var isEnd = to is null || Rfc3339.TryParse(to, out end);
        // There is no hour before the first one of the calendar.
        var begin = end.UtcTicks > Hour.Ticks ? end - Hour : end;
        var isBegin = from is null || Rfc3339.TryParse(from, out begin);
        var broken = EntryRules.CheckSlug("feed", feed)
            ?? (isBegin ? null : new BrokenRule("from", "from is a time as RFC 3339 has it, such as 2026-11-24T14:03:07Z."))
            ?? (isEnd ? null : new BrokenRule("to", "to is a time as RFC 3339 has it, such as 2026-11-24T14:03:07Z."))
            ?? (begin <= end && end - begin <= Longest ? null : new BrokenRule("from", "from lies before to, by two days at most."));
        return broken is not null ? Problems.Invalid(broken)
            : await feeds.FindAsync(feed, http.RequestAborted) is null ? Problems.UnknownFeed(feed)
            : TypedResults.Json(new ReadersOverTime(feed, receipts.ReadersOf(feed).Readers, await book.ReadAsync(feed, begin, end, http.RequestAborted)), Wire.Json);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, Receipts receipts, ReaderBook book, Archive.Feeds feeds, TimeProvider clock, string? feed = null, string? over = null)
    {
        var all = await feeds.ListAsync(http.RequestAborted);
        var chosen = all.FirstOrDefault(one => one.Slug == feed) ?? (feed is null && all.Count > 0 ? all[0] : null);
        var now = clock.GetUtcNow();
        var isDay = over == "day";
        return StaffPages.Page<ReadersPage>(
            http, chosen is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK,
            (nameof(ReadersPage.Feeds), all),
            (nameof(ReadersPage.Chosen), chosen),
            (nameof(ReadersPage.IsDay), isDay),
            (nameof(ReadersPage.Now), chosen is null ? null : receipts.ReadersOf(chosen.Slug)),
            (nameof(ReadersPage.Chart), chosen is null ? null
                : ReadersChart.Of(await book.ReadAsync(chosen.Slug, now - (isDay ? 24 * Hour : Hour), now, http.RequestAborted), now, isDay ? 24 * Hour : Hour, isDay ? 15 : 1)));
    }
}
