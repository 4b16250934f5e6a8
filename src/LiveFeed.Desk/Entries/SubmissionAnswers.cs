using LiveFeed.Contracts;
using Microsoft.AspNetCore.Http;

namespace LiveFeed.Desk;

/// <summary>What a writer is told of a submission's outcome, whichever way it was made.</summary>
internal static class SubmissionAnswers
{
    /// <param name="http">The writer's request.</param>
    /// <param name="submission">What was submitted.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="done">The status when the entry stands.</param>
    /// <exception cref="InvalidOperationException">There is no such outcome.</exception>
    public static IResult Answer(this HttpContext http, SubmitEntry submission, SubmissionResult result, int done)
    {
        http.Response.Headers.Location = $"/api/feeds/{submission.Feed}/entries/{(result as SubmissionResult.Accepted)?.Answer.Entry.Id ?? submission.EntryId}";
        switch (result)
        {
            case SubmissionResult.Accepted(var yes):
                http.Response.Headers.ETag = IfMatch.Tag(yes.Entry.Revision);
                return TypedResults.Json(yes.Entry, Wire.Json, statusCode: done);
            case SubmissionResult.Rejected(var no):
                http.Response.Headers.Location = default;
                return Problems.Refused(no);
            case SubmissionResult.Pending:
                return TypedResults.Json(new NotLiveYet(submission.Feed, submission.EntryId), Wire.Json, statusCode: StatusCodes.Status202Accepted);
            case SubmissionResult.Unsure(var why):
                http.Response.Headers.RetryAfter = "1";
                return Problems.Unsure(why);
            default:
                throw new InvalidOperationException($"A submission can't end as {result}.");
        }
    }
}
