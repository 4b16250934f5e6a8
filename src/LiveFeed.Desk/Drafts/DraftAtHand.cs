using LiveFeed.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveFeed.Desk;

/// <summary>The draft that a request is about: found, the writer's to see, and, where it is to change, seen at its newest version.</summary>
internal static class DraftAtHand
{
    /// <summary>The draft that the address names, or what to answer when the writer can't have it.</summary>
    public static async Task<(DraftRow? Row, ProblemHttpResult? Problem)> FindDraftAsync(this HttpContext http, DraftBook book, string feed, string draft)
    {
        if (CheckAddress(feed, draft, out var id) is { } broken)
        {
            return (null, Problems.Invalid(broken));
        }

        return await book.FindAsync(feed, id, http.RequestAborted) switch
        {
            null => (null, Problems.UnknownDraft(id)),
            var row when !row.IsFor(http.Writer()) => (null, Problems.DraftNotYours()),
            { State: DraftState.Deleted } => (null, Problems.DraftDeleted(id)),
            var row => (row, null),
        };
    }

    /// <summary>The draft as <see cref="FindDraftAsync"/> finds it, provided that If-Match names its newest version.</summary>
    public static async Task<(DraftRow? Row, ProblemHttpResult? Problem)> FindSeenDraftAsync(this HttpContext http, DraftBook book, string feed, string draft)
    {
        var (row, problem) = await http.FindDraftAsync(book, feed, draft);
        problem ??= http.CheckSeen(row!);
        return problem is null ? (row, null) : (null, problem);
    }

    /// <summary>What to answer when the writer hasn't seen the newest version; null when they have.</summary>
    public static ProblemHttpResult? CheckSeen(this HttpContext http, DraftRow row)
    {
        var seen = http.Request.Headers.IfMatch.ToString();
        return seen.Length == 0 ? Problems.VersionNeeded()
            : seen == "*" ? null
            : !IfMatch.TryRead(seen, out var version) ? Problems.Invalid(new BrokenRule("If-Match", "If-Match is the version that you saw, in quotes: \"3\"."))
            : version != row.Version ? Problems.DraftChanged(row.ToDraft(http.Writer()))
            : null;
    }

    /// <summary>Puts the next version in the place of the one seen, and answers with it; of two who do so at once, one does.</summary>
    public static async Task<IResult> ChangeDraftAsync(this HttpContext http, DraftBook book, DraftRow seen, DraftRow next) =>
        await book.ReplaceAsync(seen, next, http.RequestAborted) ? http.Draft(next) : await http.OvertakenAsync(book, seen);

    /// <summary>The answer to who came second: the draft as it is now.</summary>
    public static async Task<IResult> OvertakenAsync(this HttpContext http, DraftBook book, DraftRow seen) =>
        await book.FindAsync(seen.Feed, Guid.Parse(seen.Id), http.RequestAborted) is { State: not DraftState.Deleted } newest
            ? Problems.DraftChanged(newest.ToDraft(http.Writer()))
            : Problems.DraftDeleted(Guid.Parse(seen.Id));

    /// <summary>A draft as an answer.</summary>
    public static IResult Draft(this HttpContext http, DraftRow row, int status = StatusCodes.Status200OK)
    {
        http.Response.Headers.ETag = IfMatch.Tag(row.Version);
        return TypedResults.Json(row.ToDraft(http.Writer()), Wire.Json, statusCode: status);
    }

    /// <summary>The rule that an address of a draft breaks, or null.</summary>
    public static BrokenRule? CheckAddress(string feed, string draft, out Guid id) =>
        !Guid.TryParseExact(draft, "D", out id) || id == Guid.Empty
            ? new("draft", "A draft's id is a UUID that its writer made, such as 0197a9c1-5f0e-7d3c-9a52-3c1d2e4f5a6b.")
            : EntryRules.CheckSlug("feed", feed);
}
