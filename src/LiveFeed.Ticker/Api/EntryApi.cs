using System.Globalization;
using LiveFeed.Archive;
using LiveFeed.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Ticker.Api;

/// <summary>An entry's history.</summary>
/// <param name="Feed">The feed's slug.</param>
/// <param name="Id">The entry.</param>
/// <param name="Revisions">Every revision, the first one first; of a withdrawn entry the tombstone alone.</param>
public sealed record EntryRevisions(string Feed, Guid Id, IReadOnlyList<Entry> Revisions);

/// <summary>Single entries, for programs.</summary>
internal static class EntryApi
{
    public static void MapEntryApi(this RouteGroupBuilder api)
    {
        // As it is: the desk's If-Match takes its tag and needs a strong one, which compressing would end.
        api.MapReading("/{feed}/entries/{id}", GetAsync)
            .WithName("getEntry").WithSummary("One entry at its newest revision; a withdrawn one as its tombstone.")
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapReading("/{feed}/entries/{id}/revisions", RevisionsAsync).WithCompression()
            .WithName("listRevisions").WithSummary("Every revision of an entry, the first one first.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<Entry>, StatusCodeHttpResult, ProblemHttpResult>> GetAsync(
        string feed, string id, string? include, FeedReader archive, Feeds feeds, HttpContext context, CancellationToken cancellation)
    {
        if (Check(feed, id, include, out var entryId) is { } broken)
        {
            return Problems.Invalid(broken);
        }

        if (await archive.EntryAsync(feed, entryId, include == "body", cancellation) is not { } entry)
        {
            return await UnknownAsync(feed, entryId, feeds, cancellation);
        }

        // The desk's If-Match takes this tag, so it is the revision and nothing else.
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{entry.Revision}\"");
        return Freshness.IsKnown(context, tag, Freshness.Revalidated)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(entry);
    }

    private static async Task<Results<Ok<EntryRevisions>, ProblemHttpResult>> RevisionsAsync(
        string feed, string id, string? include, FeedReader archive, Feeds feeds, HttpContext context, CancellationToken cancellation)
    {
        if (Check(feed, id, include, out var entryId) is { } broken)
        {
            return Problems.Invalid(broken);
        }

        var revisions = await archive.RevisionsAsync(feed, entryId, include == "body", cancellation);
        context.Response.Headers.CacheControl = Freshness.Revalidated;
        return revisions switch
        {
            [] => await UnknownAsync(feed, entryId, feeds, cancellation),
            // What was withdrawn is gone everywhere, from the history as well.
            [.., { Status: EntryStatus.Retracted } tombstone] => TypedResults.Ok(new EntryRevisions(feed, entryId, [tombstone])),
            _ => TypedResults.Ok(new EntryRevisions(feed, entryId, revisions)),
        };
    }

    private static async Task<ProblemHttpResult> UnknownAsync(string feed, Guid entryId, Feeds feeds, CancellationToken cancellation) =>
        await feeds.FindAsync(feed, cancellation) is null ? Problems.UnknownFeed(feed) : Problems.UnknownEntry(feed, entryId);

    private static BrokenRule? Check(string feed, string id, string? include, out Guid entryId)
    {
        var isId = Guid.TryParseExact(id, "D", out entryId);
        return EntryRules.CheckSlug("feed", feed)
            ?? (isId ? null : new BrokenRule("id", "An entry's id is a UUID, written with hyphens."))
            ?? ListRequest.CheckInclude(include);
    }
}
