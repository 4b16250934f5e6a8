using LiveFeed.Archive;
using LiveFeed.Contracts;
using LiveFeed.Rendering;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>Shows what readers would get, by the code that makes what they get. Nothing of it is kept.</summary>
internal static class PreviewApi
{
    public static void MapPreview(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/feeds/{feed}/preview", ShowAsync).RequireRole(DeskRole.Reporter).WithTags("Drafts").AddEndpointFilter<NotStored>().WithMetadata(new NotNoted())
            .WithName("previewDraft").WithSummary("An item as readers would get it now, half-written or whole.")
            .Accepts<DraftContent>("application/json").Produces<Preview>().TakesBody().Refuses();

    private static async Task<IResult> ShowAsync(
        string feed, HttpContext http, Archive.Feeds feeds, FeedReader archive, EntryWriter writer, TimeProvider clock)
    {
        var (body, problem) = await JsonBody<DraftContent>.ReadAsync(http);
        if (problem is not null)
        {
            return problem;
        }

        var draft = body!.Value.Emptying(body.Nulls);
        if ((EntryRules.CheckSlug("feed", feed) ?? DraftRules.Check(draft)) is { } broken)
        {
            return Problems.Invalid(broken);
        }

        if (await feeds.FindAsync(feed, http.RequestAborted) is not { } found)
        {
            return Problems.UnknownFeed(feed);
        }

        var newest = draft.EntryId is { } id ? await archive.EntryAsync(feed, id, withBody: true, http.RequestAborted) : null;
        return draft.Action is not EntryAction.Publish && newest is not { Status: EntryStatus.Live }
            ? Problems.Invalid(new BrokenRule("entryId", "There is no such entry on the air."))
            : TypedResults.Json(Show(draft.ToSubmission(Guid.NewGuid(), feed, Guid.NewGuid(), http.Writer().Name, clock.GetUtcNow()), found, newest, writer, clock), Wire.Json);
    }

    private static Preview Show(SubmitEntry submission, Feed feed, Entry? newest, EntryWriter writer, TimeProvider clock)
    {
        var broken = EntryRules.Check(submission, clock.GetUtcNow());
        try
        {
            return new Preview(writer.Write(submission, feed, newest).Html, broken);
        }
        catch (BrokenRuleException nothingLeft)
        {
            return new Preview(null, broken ?? nothingLeft.Broken);
        }
    }
}

/// <summary>What readers would get.</summary>
/// <param name="Html">The entry's one <c>article</c> element, safe to put into any page as it is; absent while there is nothing to show.</param>
/// <param name="Broken">The first rule that stands between it and the air; absent when none does.</param>
public sealed record Preview(string? Html, BrokenRule? Broken);
