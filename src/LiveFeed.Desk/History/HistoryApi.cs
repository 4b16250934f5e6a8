using System.Globalization;
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

    // Rows of one entry's audit that are looked through for its senders.
    private const int MostNotes = 5_000;

    private static async Task<IResult> RevisionsAsync(
        string feed, string id, HttpContext http, EntryHistory history, AuditLog audit, Archive.Feeds feeds, string? limit = null, string? before = null)
    {
        var below = 0;
        var notAnId = EntryId.Check(id, out var entry);
        var tooMany = Limits.Check(limit, out var most);
        var broken = EntryRules.CheckSlug("feed", feed)
            ?? notAnId
            ?? tooMany
            ?? (before is null || (int.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out below) && below > 0)
                ? null : new BrokenRule("before", "before is a revision; they count from 1."));
        if (broken is not null)
        {
            return Problems.Invalid(broken);
        }

        // One more than asked for: each is compared with the one before it.
        var written = await history.RevisionsAsync(feed, entry, before is null ? null : below, most + 1, http.RequestAborted);
        if (written.Count == 0 && before is null)
        {
            return await feeds.FindAsync(feed, http.RequestAborted) is null ? Problems.UnknownFeed(feed) : Problems.UnknownEntry(feed, entry);
        }

        // Who sent what from where is for those who may read the audit log itself.
        var senders = http.Writer() is { Role: DeskRole.Admin, Feeds.Count: 0 }
            ? Sender.Of(await audit.OfAsync($"/api/feeds/{feed}/entries/{entry}", MostNotes, http.RequestAborted)) : [];
        var revisions = written.Take(most)
            .Select((one, i) => PastRevision.Of(one, i + 1 < written.Count ? written[i + 1] : null) with { SentBy = senders.GetValueOrDefault(one.Entry.Revision) }).ToList();
        return TypedResults.Json(new RevisionHistory(feed, entry, revisions, written.Count > most ? revisions[^1].Revision : null), Wire.Json);
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
