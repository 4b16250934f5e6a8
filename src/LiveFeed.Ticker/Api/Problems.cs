using LiveFeed.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveFeed.Ticker.Api;

/// <summary>What the reading API answers when it can't: problem+json (RFC 9457), one type a kind.</summary>
internal static class Problems
{
    /// <summary>400: the request breaks a rule.</summary>
    public static ProblemHttpResult Invalid(BrokenRule broken) => TypedResults.Problem(
        broken.Rule, statusCode: StatusCodes.Status400BadRequest, title: "The request breaks a rule", type: "/problems/invalid",
        extensions: [new("field", broken.Field)]);

    /// <summary>404: no such feed.</summary>
    public static ProblemHttpResult UnknownFeed(string feed) => TypedResults.Problem(
        $"There is no feed named '{feed}'.", statusCode: StatusCodes.Status404NotFound, title: "Unknown feed", type: "/problems/unknown-feed");

    /// <summary>403: the feed is for partners.</summary>
    public static ProblemHttpResult NotForThisSite(string rule) => TypedResults.Problem(
        rule, statusCode: StatusCodes.Status403Forbidden, title: "Not for this site", type: "/problems/not-for-this-site");

    /// <summary>404: no such entry.</summary>
    public static ProblemHttpResult UnknownEntry(string feed, Guid id) => TypedResults.Problem(
        $"The feed '{feed}' has no entry {id}.", statusCode: StatusCodes.Status404NotFound, title: "Unknown entry", type: "/problems/unknown-entry");

    /// <summary>404: no such picture, or not in this width.</summary>
    public static ProblemHttpResult UnknownPicture() => TypedResults.Problem(
        "There is no such picture, or not in this width.", statusCode: StatusCodes.Status404NotFound, title: "Unknown picture", type: "/problems/unknown-picture");

    /// <summary>404: the widget's script is another by now.</summary>
    public static ProblemHttpResult UnknownScript(string version) => TypedResults.Problem(
        $"This version of the widget isn't here any more. Today's is /embed-{version}.js; /embed.js is always today's.",
        statusCode: StatusCodes.Status404NotFound, title: "Unknown version", type: "/problems/unknown-version");

    /// <summary>410: a position of a log that is no more, or one that the log never reached.</summary>
    public static ProblemHttpResult PositionGone() => TypedResults.Problem(
        "This position isn't one of the feed's log as it stands. Read the feed afresh, without since.",
        statusCode: StatusCodes.Status410Gone, title: "Position gone", type: "/problems/position-gone");

    /// <summary>503 or 429: there is no room for one more reader.</summary>
    public static ProblemHttpResult Refused(int status, string detail) => TypedResults.Problem(
        detail, statusCode: status, title: "No room just now", type: "/problems/no-room");

    /// <summary>503: the archive can't be reached.</summary>
    public static ProblemHttpResult ArchiveAway() => TypedResults.Problem(
        "The feed can't be read at the moment. Try again in a few seconds.",
        statusCode: StatusCodes.Status503ServiceUnavailable, title: "Archive away", type: "/problems/archive-away");
}
