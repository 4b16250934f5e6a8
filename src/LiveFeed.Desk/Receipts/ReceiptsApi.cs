using LiveFeed.Archive.History;
using LiveFeed.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>What became of what was published: on how many tickers it stands, how soon, and who is still on what was before.</summary>
internal static class ReceiptsApi
{
    public static void MapReceipts(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/feeds/{feed}/entries/{id}/receipt", ReadAsync).RequireRole(DeskRole.Reporter).WithTags("Receipts").AddEndpointFilter<NotStored>()
            .WithName("readReceipt").WithSummary("How far a change of an entry has come: tickers, times to the screen, who waits.")
            .WithDescription("Of the newest revision, or of the one in `revision`. Ticker nodes report about once a second; only the last 200 changes of a feed are remembered.")
            .Produces<Receipt>().Refuses();

    private static async Task<IResult> ReadAsync(
        string feed, string id, HttpContext http, Receipts receipts, EntryHistory history, Archive.Feeds feeds, string? revision = null)
    {
        var wanted = 0;
        var notAnId = EntryId.Check(id, out var entry);
        var broken = EntryRules.CheckSlug("feed", feed)
            ?? notAnId
            ?? (revision is null || RevisionNumber.TryRead(revision, out wanted)
                ? null : new BrokenRule("revision", "revision counts from 1."));
        if (broken is not null)
        {
            return Problems.Invalid(broken);
        }

        var written = await history.RevisionsAsync(feed, entry, before: wanted > 0 && wanted < int.MaxValue ? wanted + 1 : null, limit: 1, http.RequestAborted);
        return written is [var newest]
            ? TypedResults.Json(receipts.Find(feed, entry, newest.Entry.Revision), Wire.Json)
            : await feeds.FindAsync(feed, http.RequestAborted) is null ? Problems.UnknownFeed(feed) : Problems.UnknownEntry(feed, entry);
    }
}
