using LiveFeed.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>What becomes of drafts: a reporter submits one, an editor sends it back, or puts it on the air.</summary>
internal static class DraftDecisionsApi
{
    public static void MapDraftDecisions(this IEndpointRouteBuilder app)
    {
        var reporters = app.MapGroup("/api/feeds/{feed}/drafts/{draft}").RequireRole(DeskRole.Reporter).WithTags("Drafts").AddEndpointFilter<NotStored>();
        reporters.MapPost("/submission", SubmitAsync).WithName("submitDraft").WithSummary("Lays a draft before the editors.")
            .WithDescription("It has to be fit for the air: the rules of an entry hold from here on.").Decides();
        reporters.MapDelete("/submission", TakeBackAsync).WithName("takeDraftBack").WithSummary("Takes a draft back from the editors.").Decides();

        var editors = app.MapGroup("/api/feeds/{feed}/drafts/{draft}").RequireRole(DeskRole.Editor).WithTags("Drafts").AddEndpointFilter<NotStored>();
        editors.MapPost("/return", ReturnAsync).WithName("returnDraft").WithSummary("Sends a draft back to its author, with a note.")
            .Accepts<DraftReturn>("application/json").TakesBody().Decides();
        editors.MapPost("/publication", PublishAsync).WithName("publishDraft").WithSummary("Puts a draft on the air.")
            .WithDescription("Answers as the entries' addresses do. 202: not live yet, and the server tries until it is known; the same again is safe.")
            .Produces<Entry>().Produces<Entry>(StatusCodes.Status201Created).Produces<NotLiveYet>(StatusCodes.Status202Accepted)
            .Refuses().RefusesDrafts().RefusesUnseen().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> SubmitAsync(string feed, string draft, HttpContext http, DraftBook book, TimeProvider clock)
    {
        var (row, problem) = await http.FindSeenDraftAsync(book, feed, draft);
        var now = clock.GetUtcNow();
        return problem is not null ? problem
            : row!.State is not (DraftState.Writing or DraftState.Returned) ? Problems.DraftLocked("Only what is being written can be submitted.", row.ToDraft(http.Writer()))
            : row.CheckFit(now) is { } broken ? Problems.Invalid(broken)
            : await http.ChangeDraftAsync(book, row, row.Next(DraftState.Submitted, http.Writer().Name, now) with { ReturnNote = null, Problem = null });
    }

    private static async Task<IResult> TakeBackAsync(string feed, string draft, HttpContext http, DraftBook book, TimeProvider clock)
    {
        var (row, problem) = await http.FindSeenDraftAsync(book, feed, draft);
        return problem is not null ? problem
            : row!.State is not DraftState.Submitted ? Problems.DraftLocked("Only what waits for an editor can be taken back.", row.ToDraft(http.Writer()))
            : await http.ChangeDraftAsync(book, row, row.Next(DraftState.Writing, http.Writer().Name, clock.GetUtcNow()));
    }

    private static async Task<IResult> ReturnAsync(string feed, string draft, HttpContext http, DraftBook book, TimeProvider clock)
    {
        var (body, unreadable) = await JsonBody<DraftReturn>.ReadAsync(http);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var note = body!.Value.Note;
        if ((string.IsNullOrWhiteSpace(note) ? new BrokenRule("note", "A note says what is to be done to the draft.") : EntryRules.CheckText("note", note, EntryRules.CaptionLimit)) is { } broken)
        {
            return Problems.Invalid(broken);
        }

        var (row, problem) = await http.FindSeenDraftAsync(book, feed, draft);
        return problem is not null ? problem
            : row!.State is not DraftState.Submitted ? Problems.DraftLocked("Only what was submitted can be sent back.", row.ToDraft(http.Writer()))
            : await http.ChangeDraftAsync(book, row, row.Next(DraftState.Returned, http.Writer().Name, clock.GetUtcNow()) with { ReturnNote = note });
    }

    private static async Task<IResult> PublishAsync(
        string feed, string draft, HttpContext http, DraftBook book, DraftPublication publication, TimeProvider clock)
    {
        var (row, problem) = await http.FindSeenDraftAsync(book, feed, draft);
        if (problem is not null)
        {
            return problem;
        }

        var writer = http.Writer();
        // What is on its way or there already is submitted once more, as itself: that tells what became of it.
        if (row!.State is not (DraftState.Publishing or DraftState.Published))
        {
            if (row.CheckFit(clock.GetUtcNow()) is { } broken)
            {
                return Problems.Invalid(broken);
            }

            var claimed = await publication.ClaimAsync(row, writer.Name, http.RequestAborted) ?? await book.FindAsync(feed, Guid.Parse(row.Id), http.RequestAborted);
            if (claimed is not { State: DraftState.Publishing or DraftState.Published } || claimed.Version != row.Version)
            {
                return await http.OvertakenAsync(book, row);
            }

            row = claimed;
        }

        // Not given up when the writer's connection is: it is on its way.
        var (result, left) = await publication.CarryOutAsync(row, CancellationToken.None);
        var submission = row.ToSubmission(clock.GetUtcNow());
        return result switch
        {
            SubmissionResult.Rejected(var no) => Problems.Refused(no, left.ToDraft(writer)),
            SubmissionResult.Unsure => http.Answer(submission, new SubmissionResult.Pending(), StatusCodes.Status202Accepted),
            _ => http.Answer(submission, result, submission.Action is EntryAction.Publish ? StatusCodes.Status201Created : StatusCodes.Status200OK),
        };
    }
}
