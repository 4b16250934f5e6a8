using LiveFeed.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveFeed.Desk;

/// <summary>What the desk's API answers when it says no: problem+json (RFC 9457), one <c>type</c> a kind of problem.</summary>
internal static class Problems
{
    public static ProblemHttpResult Invalid(BrokenRule broken) =>
        Of(StatusCodes.Status400BadRequest, "invalid", "The request breaks a rule", broken.Rule, ("field", broken.Field));

    public static ProblemHttpResult Unreadable(string detail) =>
        Of(StatusCodes.Status400BadRequest, "unreadable", "The body can't be read", detail);

    public static ProblemHttpResult NotJson() =>
        Of(StatusCodes.Status415UnsupportedMediaType, "not-json", "The body isn't JSON", "Send JSON in UTF-8, with Content-Type: application/json.");

    public static ProblemHttpResult TooLarge(long limit) =>
        Of(StatusCodes.Status413PayloadTooLarge, "too-large", "The body is too large", $"A request's body may have at most {limit} bytes.");

    public static ProblemHttpResult SignInFirst() =>
        Of(StatusCodes.Status401Unauthorized, "sign-in-first", "Who is writing?",
            "Send a valid API key as 'Authorization: Bearer KEY', or sign in at /desk. Keys are made with 'livefeed key create'.");

    public static ProblemHttpResult ForgedRequest() =>
        Of(StatusCodes.Status403Forbidden, "forged-request", "The request may come from another site",
            "A request with the desk's cookie needs the header 'X-LiveFeed-Desk: 1', which only the desk's own page can set.");

    public static ProblemHttpResult RoleNeeded(DeskRole needed, DeskRole has) =>
        Of(StatusCodes.Status403Forbidden, "role-needed", "The role isn't enough",
            $"This takes the role {Name(needed)}; yours is {Name(has)}.");

    public static ProblemHttpResult FeedNotYours(string feed) =>
        Of(StatusCodes.Status403Forbidden, "feed-not-yours", "The key isn't for this feed", $"The key doesn't cover the feed '{feed}'.");

    public static ProblemHttpResult UnknownFeed(string feed) =>
        Of(StatusCodes.Status404NotFound, "unknown-feed", "No such feed", $"There is no feed named '{feed}'.");

    public static ProblemHttpResult FeedExists(string feed) =>
        Of(StatusCodes.Status409Conflict, "feed-exists", "The slug is taken", $"There is a feed named '{feed}' already.");

    public static ProblemHttpResult RevisionNeeded() =>
        Of(StatusCodes.Status428PreconditionRequired, "revision-needed", "Which revision did you see?",
            "Send the entry's revision as If-Match: \"3\", so that nobody's newer change is overwritten unseen.");

    /// <summary>The fan-out's no.</summary>
    public static ProblemHttpResult Refused(EntryRejected no)
    {
        var (status, title) = no.Reason switch
        {
            RejectionReason.UnknownFeed => (StatusCodes.Status404NotFound, "No such feed"),
            RejectionReason.UnknownEntry => (StatusCodes.Status404NotFound, "No such entry"),
            RejectionReason.FeedClosed => (StatusCodes.Status409Conflict, "The feed is closed"),
            RejectionReason.EntryExists => (StatusCodes.Status409Conflict, "The entry exists"),
            RejectionReason.Retracted => (StatusCodes.Status410Gone, "The entry was retracted"),
            RejectionReason.Conflict => (StatusCodes.Status412PreconditionFailed, "The entry has changed since"),
            RejectionReason.Reused => (StatusCodes.Status422UnprocessableEntity, "The id was used before"),
            _ => (StatusCodes.Status400BadRequest, "The request breaks a rule"),
        };
        var type = string.Concat(no.Reason.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
        return Of(status, type, title, no.Detail, ("field", no.Field), ("entry", no.Newest));
    }

    public static ProblemHttpResult Unsure(string why) =>
        Of(StatusCodes.Status503ServiceUnavailable, "unsure", "Not known whether it was taken",
            $"{why} Send the same again, with the same Idempotency-Key: it can't happen twice.");

    private static ProblemHttpResult Of(int status, string type, string title, string detail, params ReadOnlySpan<(string Name, object? Value)> more)
    {
        var extensions = new Dictionary<string, object?>();
        foreach (var (name, value) in more)
        {
            if (value is not null)
            {
                extensions[name] = value;
            }
        }

        return TypedResults.Problem(detail, statusCode: status, title: title, type: $"/problems/{type}", extensions: extensions);
    }

    private static string Name(DeskRole role) => role.ToString().ToLowerInvariant();
}
