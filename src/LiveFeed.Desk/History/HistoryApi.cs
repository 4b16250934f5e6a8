using LiveFeed.Archive;
using LiveFeed.Archive.History;
using LiveFeed.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>What the newsroom can look up: every revision of an entry, and what readers saw at a time.</summary>
internal static class HistoryApi
{
    public static void MapHistory(this IEndpointRouteBuilder app)
    {
        var history = app.MapGroup("/api/feeds/{feed}").RequireRole(DeskRole.Reporter).WithTags("History").AddEndpointFilter<NotStored>();
        history.MapGet("/entries/{id}/history", RevisionsAsync).WithName("readHistory").WithSummary("Every revision of an entry: who, when, and what changed, word by word.")
            .WithDescription("The newest first, with what was withdrawn since; readers never get that.").Produces<RevisionHistory>().Refuses();
        history.MapGet("/history", AtAsync).WithName("readPast").WithSummary("What readers saw at a time.").Produces<FeedAsItStood>().Refuses();
    }

    private static async Task<IResult> RevisionsAsync(
        string feed, string id, HttpContext http, PastRevisions past, Archive.Feeds feeds, string? limit = null, string? before = null)
    {
        var below = 0;
        var notAnId = EntryId.Check(id, out var entry);
        var tooMany = Limits.Check(limit, out var most);
        var broken = EntryRules.CheckSlug("feed", feed)
            ?? notAnId
            ?? tooMany
            ?? (before is null || RevisionNumber.TryRead(before, out below)
                ? null : new BrokenRule("before", "before is a revision; they count from 1."));
        if (broken is not null)
        {
            return Problems.Invalid(broken);
        }

        return await past.ReadAsync(feed, entry, before is null ? null : below, most, http.Writer(), http.RequestAborted) is { } read ? TypedResults.Json(read, Wire.Json)
            : await feeds.FindAsync(feed, http.RequestAborted) is null ? Problems.UnknownFeed(feed) : Problems.UnknownEntry(feed, entry);
    }

    private static async Task<IResult> AtAsync(
        string feed, HttpContext http, EntryHistory history, TimeProvider clock, string? at = null, string? limit = null, string? before = null)
    {
        var now = clock.GetUtcNow();
        var isTime = Rfc3339.TryParse(at, out var time);
        var tooMany = Limits.Check(limit, out var most);
        var place = Cursor.Parse(before);
        var broken = EntryRules.CheckSlug("feed", feed)
            ?? (isTime ? null : new BrokenRule("at", "at is a time as RFC 3339 has it, such as 2026-11-24T14:03:07Z."))
            ?? (time <= now ? null : new BrokenRule("at", "at lies in the future."))
            ?? tooMany
            ?? (before is null || place is not null ? null : new BrokenRule("before", "before is what next said in the list before."));
        return broken is not null ? Problems.Invalid(broken)
            : await history.AtAsync(feed, time, place, most, http.RequestAborted) is { } stood
                ? TypedResults.Json(new FeedAsItStood(feed, time, stood.Position, stood.Entries, stood.Next), Wire.Json)
                : Problems.UnknownFeed(feed);
    }
}
