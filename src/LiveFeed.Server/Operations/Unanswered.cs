namespace LiveFeed.Server.Operations;

/// <summary>
/// Gives the problems that no endpoint answered for (an unknown address, a wrong method, a failure) the form that all others have:
/// a type of LiveFeed's own, and a sentence that says what to do.
/// </summary>
internal static class Unanswered
{
    public static void Explain(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        if (problem.Detail is not null)
        {
            return;
        }

        var request = context.HttpContext.Request;
        (problem.Type, problem.Title, problem.Detail) = problem.Status switch
        {
            StatusCodes.Status404NotFound => ("/problems/not-found", "Nothing here", "There is nothing at this address. /openapi/v1.json says what there is."),
            StatusCodes.Status405MethodNotAllowed => ("/problems/method-not-allowed", "The method isn't allowed",
                $"This address takes {context.HttpContext.Response.Headers.Allow}, not {request.Method}."),
            StatusCodes.Status415UnsupportedMediaType => ("/problems/not-json", "The body isn't JSON", "Send JSON in UTF-8, with Content-Type: application/json."),
            >= 500 => ("/problems/failed", "The server failed", "That is no fault of the request. The server's log says more, by the traceId."),
            _ => ("/problems/bad-request", problem.Title, "The request can't be understood."),
        };
    }
}
