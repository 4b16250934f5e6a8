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

    public static ProblemHttpResult ForgedForm() =>
        Of(StatusCodes.Status403Forbidden, "forged-request", "The form may come from another site",
            "A form of the desk comes from the desk's own page: the browser says so in Sec-Fetch-Site or Origin. Open the page and send it from there.");

    public static ProblemHttpResult NotForm() =>
        Of(StatusCodes.Status415UnsupportedMediaType, "not-form", "That isn't a form", "Send a form, as a browser does (application/x-www-form-urlencoded).");

    public static ProblemHttpResult RoleNeeded(DeskRole needed, DeskRole has) =>
        Of(StatusCodes.Status403Forbidden, "role-needed", "The role isn't enough",
            $"This takes the role {Name(needed)}; yours is {Name(has)}.");

    public static ProblemHttpResult FeedNotYours(string feed) =>
        Of(StatusCodes.Status403Forbidden, "feed-not-yours", "The key isn't for this feed", $"The key doesn't cover the feed '{feed}'.");

    public static ProblemHttpResult AllFeedsNeeded() =>
        Of(StatusCodes.Status403Forbidden, "all-feeds-needed", "The key isn't for all feeds", "This concerns the whole newsroom, and the key is for some of its feeds only.");

    public static ProblemHttpResult WrongPassword() => Of(StatusCodes.Status403Forbidden, "wrong-password", "The password is wrong",
        $"Your password is wrong. After {SignInTries.Most} wrong ones an account rests for {SignInTries.Rest.TotalMinutes} minutes.");

    public static ProblemHttpResult TooManyPasskeys(int limit) =>
        Of(StatusCodes.Status409Conflict, "too-many-passkeys", "Too many passkeys", $"Somebody has at most {limit} passkeys. Remove one first.");

    public static ProblemHttpResult UnknownPerson() =>
        Of(StatusCodes.Status404NotFound, "unknown-person", "Nobody of this id", "There is nobody of this id. GET /api/people lists all.");

    public static ProblemHttpResult PersonExists() =>
        Of(StatusCodes.Status409Conflict, "person-exists", "There is such a person", "Somebody else has this name or this e-mail address. Both must be their own.");

    public static ProblemHttpResult OwnAccount() =>
        Of(StatusCodes.Status409Conflict, "own-account", "That is your own account", "Nobody takes their own role or account away. Ask another administrator.");

    public static ProblemHttpResult UnknownKey() =>
        Of(StatusCodes.Status404NotFound, "unknown-key", "No such key", "There is no key of this id that could be ended. GET /api/keys lists all.");

    public static ProblemHttpResult UnknownPartner() =>
        Of(StatusCodes.Status404NotFound, "unknown-partner", "No such partner", "There is no partner with this key. GET /api/partners lists all.");

    public static ProblemHttpResult PartnerExists(string name) =>
        Of(StatusCodes.Status409Conflict, "partner-exists", "The name is taken", $"There is a partner named '{name}' already.");

    public static ProblemHttpResult UnknownFeed(string feed) =>
        Of(StatusCodes.Status404NotFound, "unknown-feed", "No such feed", $"There is no feed named '{feed}'.");

    public static ProblemHttpResult UnknownEntry(string feed, Guid id) =>
        Of(StatusCodes.Status404NotFound, "unknown-entry", "No such entry", $"The feed '{feed}' has no entry {id}.");

    public static ProblemHttpResult FeedExists(string feed) =>
        Of(StatusCodes.Status409Conflict, "feed-exists", "The slug is taken", $"There is a feed named '{feed}' already.");

    public static ProblemHttpResult RevisionNeeded() =>
        Of(StatusCodes.Status428PreconditionRequired, "revision-needed", "Which revision did you see?",
            "Send the entry's revision as If-Match: \"3\", so that nobody's newer change is overwritten unseen.");

    public static ProblemHttpResult UnknownDraft(Guid id) =>
        Of(StatusCodes.Status404NotFound, "unknown-draft", "No such draft", $"There is no draft {id} in this feed.");

    public static ProblemHttpResult DraftDeleted(Guid id) =>
        Of(StatusCodes.Status410Gone, "draft-deleted", "The draft was thrown away", $"The draft {id} was thrown away. A new one needs a new id.");

    public static ProblemHttpResult DraftNotYours() =>
        Of(StatusCodes.Status403Forbidden, "draft-not-yours", "The draft is somebody else's", "Reporters see and change the drafts that they began; editors all.");

    public static ProblemHttpResult TooManyDrafts(int limit) =>
        Of(StatusCodes.Status409Conflict, "too-many-drafts", "Too many drafts",
            $"A writer has at most {limit} drafts of a feed in hand. Throw some away first.");

    public static ProblemHttpResult VersionNeeded() =>
        Of(StatusCodes.Status428PreconditionRequired, "version-needed", "Which version did you see?",
            "Send the draft's version as If-Match: \"3\", so that nobody's newer text is overwritten unseen.");

    public static ProblemHttpResult DraftChanged(Draft newest) =>
        Of(StatusCodes.Status412PreconditionFailed, "draft-changed", "The draft has changed since",
            $"It is at version {newest.Version}, changed by {newest.ChangedBy}. Look at the newest and try again.", ("draft", newest));

    public static ProblemHttpResult DraftLocked(string why, Draft draft) =>
        Of(StatusCodes.Status409Conflict, "draft-locked", "Not in this state", why, ("draft", draft));

    /// <summary>The fan-out's no.</summary>
    /// <param name="no">What it said.</param>
    /// <param name="draft">The draft that was to go on the air, as that left it; null when it was none.</param>
    public static ProblemHttpResult Refused(EntryRejected no, Draft? draft = null)
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
        return Of(status, type, title, no.Detail, ("field", no.Field), ("entry", no.Newest), ("draft", draft));
    }

    public static ProblemHttpResult Unsure(string why) =>
        Of(StatusCodes.Status503ServiceUnavailable, "unsure", "Not known whether it was taken",
            $"{why} Send the same again, with the same Idempotency-Key: it can't happen twice.");

    /// <summary>The desk's no to a picture.</summary>
    public static ProblemHttpResult Refused(PictureRefusal no) => Of(no.Status, no.Name, no.Title, no.Detail);

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
