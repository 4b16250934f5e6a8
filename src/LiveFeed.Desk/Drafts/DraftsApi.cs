using System.Text.Json;
using LiveFeed.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>Keeps what is being written. A draft is saved at every pause in the typing, so saving the same again is nothing new.</summary>
internal static class DraftsApi
{
    /// <summary>Most drafts that one writer has in hand in a feed.</summary>
    public const int MostInHand = 1_000;

    public static void MapDrafts(this IEndpointRouteBuilder app)
    {
        var drafts = app.MapGroup("/api/feeds/{feed}/drafts").RequireRole(DeskRole.Reporter).WithTags("Drafts").AddEndpointFilter<NotStored>();
        drafts.MapGet("/", ListAsync).WithName("listDrafts").WithSummary("Drafts of a feed, the newest change first.")
            .WithDescription("Reporters get their own. Without a state, all that are neither published nor deleted.")
            .Produces<DraftPage>().Refuses();
        drafts.MapGet("/{draft}", ReadAsync).WithName("readDraft").WithSummary("One draft.").Produces<Draft>().Refuses().RefusesDrafts();
        drafts.MapPut("/{draft}", SaveAsync).WithName("saveDraft").WithSummary("Keeps a draft, half-written or whole.")
            .WithDescription("Needs If-Match with the version that the writer saw, unless the draft is new or this very text is kept already.")
            .WithMetadata(new NotNoted()).Accepts<DraftContent>("application/json").Produces<Draft>().Produces<Draft>(StatusCodes.Status201Created)
            .TakesBody().Refuses().RefusesDrafts().RefusesUnseen().ProducesProblem(StatusCodes.Status409Conflict);
        drafts.MapDelete("/{draft}", DeleteAsync).WithName("deleteDraft").WithSummary("Throws a draft away, with its text.")
            .Produces(StatusCodes.Status204NoContent).Refuses().RefusesDrafts().RefusesUnseen().ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(
        string feed, HttpContext http, DraftBook book, Archive.Feeds feeds, string? state = null, string? mine = null, string? limit = null, string? before = null)
    {
        var (query, broken) = DraftQuery.Read(state, mine, limit, before);
        if ((broken ?? EntryRules.CheckSlug("feed", feed)) is { } rule)
        {
            return Problems.Invalid(rule);
        }

        var writer = http.Writer();
        var rows = await book.ListAsync(
            feed, query!.Mine || writer.Role < DeskRole.Editor ? writer.Id : null, query.State, query.Before, query.Limit + 1, http.RequestAborted);
        if (rows.Count == 0 && await feeds.FindAsync(feed, http.RequestAborted) is null)
        {
            return Problems.UnknownFeed(feed);
        }

        return TypedResults.Json(
            new DraftPage(
                feed, [.. rows.Take(query.Limit).Select(row => row.ToDraft(writer).Listed())],
                rows.Count > query.Limit ? DraftCursor.Of(rows[query.Limit - 1]).ToString() : null),
            Wire.Json);
    }

    private static async Task<IResult> ReadAsync(string feed, string draft, HttpContext http, DraftBook book)
    {
        var (row, problem) = await http.FindDraftAsync(book, feed, draft);
        return problem is not null ? problem : http.Draft(row!);
    }

    private static async Task<IResult> SaveAsync(string feed, string draft, HttpContext http, DraftBook book, Archive.Feeds feeds, TimeProvider clock)
    {
        var (body, problem) = await JsonBody<DraftContent>.ReadAsync(http);
        if (problem is not null)
        {
            return problem;
        }

        var content = body!.Value.Emptying(body.Nulls);
        if ((DraftAtHand.CheckAddress(feed, draft, out var id) ?? DraftRules.Check(content)) is { } broken)
        {
            return Problems.Invalid(broken);
        }

        var text = JsonSerializer.Serialize(content, Wire.Json);
        return await book.FindAsync(feed, id, http.RequestAborted) is null
            ? await BeginAsync(feed, id, text, http, book, feeds, clock)
            : await GoOnAsync(feed, draft, text, http, book, clock);
    }

    private static async Task<IResult> BeginAsync(
        string feed, Guid id, string text, HttpContext http, DraftBook book, Archive.Feeds feeds, TimeProvider clock)
    {
        if (await feeds.FindAsync(feed, http.RequestAborted) is null)
        {
            return Problems.UnknownFeed(feed);
        }

        var writer = http.Writer();
        if (await book.CountInHandAsync(feed, writer.Id, http.RequestAborted) >= MostInHand)
        {
            return Problems.TooManyDrafts(MostInHand);
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var row = new DraftRow
        {
            Feed = feed,
            Id = id.ToString(),
            Version = 1,
            State = DraftState.Writing,
            AuthorId = writer.Id,
            Author = writer.Name,
            CreatedAt = now,
            ChangedAt = now,
            ChangedBy = writer.Name,
            Content = text,
        };
        // Two tries of the same first save may come at once; the second finds what the first has kept.
        return await book.AddAsync(row, http.RequestAborted)
            ? http.Draft(row, StatusCodes.Status201Created)
            : await GoOnAsync(feed, id.ToString(), text, http, book, clock);
    }

    private static async Task<IResult> GoOnAsync(string feed, string draft, string text, HttpContext http, DraftBook book, TimeProvider clock)
    {
        var (row, problem) = await http.FindDraftAsync(book, feed, draft);
        if (problem is not null)
        {
            return problem;
        }

        // Who never heard that it was kept sends it again, with the version before.
        if (row!.Content == text)
        {
            return http.Draft(row);
        }

        var writer = http.Writer();
        return http.CheckSeen(row) is { } unseen ? unseen
            : row.WhyLocked(writer) is { } why ? Problems.DraftLocked(why, row.ToDraft(writer))
            : await http.ChangeDraftAsync(book, row, row.Next(row.State, writer.Name, clock.GetUtcNow()) with { Content = text, Problem = null });
    }

    private static async Task<IResult> DeleteAsync(string feed, string draft, HttpContext http, DraftBook book, TimeProvider clock)
    {
        var (row, problem) = await http.FindDraftAsync(book, feed, draft);
        if (problem is { StatusCode: StatusCodes.Status410Gone })
        {
            return TypedResults.NoContent();
        }

        if ((problem ?? http.CheckSeen(row!)) is { } no)
        {
            return no;
        }

        var writer = http.Writer();
        if (row!.WhyKept() is { } why)
        {
            return Problems.DraftLocked(why, row.ToDraft(writer));
        }

        var gone = row.Next(DraftState.Deleted, writer.Name, clock.GetUtcNow()) with { Content = "{}", ReturnNote = null, Problem = null };
        return await book.ReplaceAsync(row, gone, http.RequestAborted) ? TypedResults.NoContent() : await http.OvertakenAsync(book, row);
    }
}
