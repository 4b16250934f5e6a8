using System.Security.Cryptography;
using System.Text;
using LiveFeed.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>Publish, edit, correct, retract: each becomes one <see cref="SubmitEntry"/>, and the fan-out's answer becomes the response.</summary>
internal static class EntriesApi
{
    private const string Conditional = "Needs the revision that the writer saw as If-Match: \"3\" (or * for whatever is newest).";

    public static void MapEntries(this IEndpointRouteBuilder app)
    {
        var entries = app.MapGroup("/api/feeds/{feed}/entries").RequireRole(DeskRole.Editor).WithTags("Desk");
        entries.MapPost("/", PublishAsync).WithName("publishEntry").WithSummary("Puts a new entry on the air.")
            .Accepts<NewEntry>("application/json").Answers(StatusCodes.Status201Created);
        entries.MapPatch("/{id}", EditAsync).WithName("editEntry").WithSummary("Changes fields of an entry.").WithDescription(Conditional)
            .Accepts<EntryEdit>("application/json").Answers(StatusCodes.Status200OK)
            .AnswersToChanges().ProducesProblem(StatusCodes.Status428PreconditionRequired);
        entries.MapPost("/{id}/correction", CorrectAsync).WithName("correctEntry").WithSummary("Corrects an entry and says in public what was wrong.")
            .WithDescription(Conditional).Accepts<EntryCorrection>("application/json").Answers(StatusCodes.Status200OK)
            .AnswersToChanges().ProducesProblem(StatusCodes.Status428PreconditionRequired);
        entries.MapPost("/{id}/retraction", RetractAsync).WithName("retractEntry").WithSummary("Takes an entry off the air for good.")
            .WithDescription("If-Match is welcome, not needed: a retraction mustn't lose to somebody's edit.")
            .Accepts<EntryRetraction>(isOptional: true, "application/json").Answers(StatusCodes.Status200OK).AnswersToChanges();
    }

    private static async Task<IResult> PublishAsync(string feed, HttpContext http, Submissions submissions, TimeProvider clock)
    {
        var (body, problem) = await JsonBody<NewEntry>.ReadAsync(http);
        return problem is not null ? problem : await SubmitAsync(http, submissions, clock, StatusCodes.Status201Created, new SubmitEntry
        {
            SubmissionId = SubmissionId(http),
            Feed = feed,
            EntryId = body!.Value.Id ?? Guid.CreateVersion7(clock.GetUtcNow()),
            Action = EntryAction.Publish,
            Fields = body.Value.Plain(),
            PublishedAt = body.Value.PublishedAt,
        });
    }

    private static async Task<IResult> EditAsync(string feed, string id, HttpContext http, Submissions submissions, TimeProvider clock)
    {
        var (body, problem) = await JsonBody<EntryEdit>.ReadAsync(http);
        return (problem ?? CheckNulls(body!.Nulls)) is { } broken ? broken : await ChangeAsync(id, http, submissions, clock, seenRequired: true, new()
        {
            SubmissionId = SubmissionId(http),
            Feed = feed,
            EntryId = default,
            Action = EntryAction.Edit,
            Fields = body!.Value.Plain(body.Nulls),
            Minor = body.Value.Minor,
        });
    }

    private static async Task<IResult> CorrectAsync(string feed, string id, HttpContext http, Submissions submissions, TimeProvider clock)
    {
        var (body, problem) = await JsonBody<EntryCorrection>.ReadAsync(http);
        return (problem ?? CheckNulls(body!.Nulls)) is { } broken ? broken : await ChangeAsync(id, http, submissions, clock, seenRequired: true, new()
        {
            SubmissionId = SubmissionId(http),
            Feed = feed,
            EntryId = default,
            Action = EntryAction.Correct,
            Fields = body!.Value.Plain(body.Nulls),
            Note = body.Value.Note,
        });
    }

    private static async Task<IResult> RetractAsync(string feed, string id, HttpContext http, Submissions submissions, TimeProvider clock)
    {
        var (body, problem) = await JsonBody<EntryRetraction>.ReadAsync(http, absent: new());
        return problem is not null ? problem : await ChangeAsync(id, http, submissions, clock, seenRequired: false, new()
        {
            SubmissionId = SubmissionId(http),
            Feed = feed,
            EntryId = default,
            Action = EntryAction.Retract,
            Note = body!.Value.Note,
        });
    }

    private static async Task<IResult> ChangeAsync(
        string id, HttpContext http, Submissions submissions, TimeProvider clock, bool seenRequired, SubmitEntry change)
    {
        if (EntryId.Check(id, out var entry) is { } broken)
        {
            return Problems.Invalid(broken);
        }

        var seen = http.Request.Headers.IfMatch.ToString();
        if (seen.Length == 0 && seenRequired)
        {
            return Problems.RevisionNeeded();
        }

        if (seen is not ("" or "*") && !IfMatch.TryRead(seen, out _))
        {
            return Problems.Invalid(new BrokenRule("If-Match", "If-Match is the revision that you saw, in quotes: \"3\"."));
        }

        return await SubmitAsync(http, submissions, clock, StatusCodes.Status200OK, change with
        {
            EntryId = entry,
            ExpectedRevision = IfMatch.TryRead(seen, out var revision) ? revision : null,
        });
    }

    private static async Task<IResult> SubmitAsync(
        HttpContext http, Submissions submissions, TimeProvider clock, int done, SubmitEntry submission)
    {
        var now = clock.GetUtcNow();
        submission = submission with { By = http.Writer().Name, SubmittedAt = now };
        if (EntryRules.Check(submission, now) is { } broken)
        {
            return Problems.Invalid(broken);
        }

        return http.Answer(submission, await submissions.SubmitAsync(submission, http.RequestAborted), done);
    }

    // The Idempotency-Key may be any text; hashed with who sent it, two writers' keys can't be mistaken for one another.
    private static Guid SubmissionId(HttpContext http) =>
        http.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key
            ? new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{http.Writer().Id}\n{key}")).AsSpan(0, 16))
            : Guid.NewGuid();

    // A field sent as null is emptied, where a field can be.
    private static ProblemHttpResult? CheckNulls(IReadOnlyList<string> nulls) =>
        nulls.Select(name => EntryRules.CheckClear(name, [name])).FirstOrDefault(broken => broken is not null) is { } broken ? Problems.Invalid(broken) : null;

    private static RouteHandlerBuilder Answers(this RouteHandlerBuilder endpoint, int done) => endpoint
        .WithMetadata(new BodyLimit())
        .Produces<Entry>(done)
        .Produces<NotLiveYet>(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static RouteHandlerBuilder AnswersToChanges(this RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status410Gone)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed);
}
