using LiveFeed.Contracts;
using LiveFeed.Ticker.Admission;
using LiveFeed.Ticker.Followers;
using LiveFeed.Ticker.Partners;
using LiveFeed.Ticker.Receipts;
using LiveFeed.Ticker.Ring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Api;

/// <summary>A feed as server-sent events, for readers who want no hub.</summary>
internal static class StreamApi
{
    public static void MapStreamApi(this RouteGroupBuilder api) =>
        api.MapReading("/{feed}/stream", StreamAsync)
            .WithName("streamFeed").WithSummary("A feed as server-sent events.")
            .WithDescription("`event: updated`, its id a position, its data the entry. `Last-Event-ID`, or `?position=`, goes on after that "
                + "position; without one, or when it can't be gone on from, `event: reset` brings the newest entries.")
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithDoorkeeper();

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> StreamAsync(
        string feed, string? position, Rings rings, RingSource source, Joining joining, Snapshots snapshots, EventTexts texts,
        OpenStreams streams, PartnerList partners, ReaderReceipts receipts, IHostApplicationLifetime lifetime, ILogger<EventStream> log, HttpContext context)
    {
        // A browser that reconnects sends the address it began with, so what it saw last is the newer of the two.
        var lastEvent = context.Request.Headers["Last-Event-ID"].ToString();
        var seen = lastEvent.Length > 0 ? lastEvent : position;
        if (EntryRules.CheckSlug("feed", feed) is { } broken)
        {
            return Problems.Invalid(broken);
        }

        if (seen is not null && !Position.TryParse(seen, out _))
        {
            return Problems.Invalid(new BrokenRule(lastEvent.Length > 0 ? "Last-Event-ID" : "position",
                "A position is written epoch:seq, as the server gave it."));
        }

        // Open streams would hold up the stopping of the host until its patience ends.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        if (await rings.FindAsync(feed, stop.Token) is not { } ring)
        {
            return Problems.UnknownFeed(feed);
        }

        if (HttpMethods.IsHead(context.Request.Method))
        {
            EventStream.Announce(context.Response);
            return TypedResults.Empty;
        }

        var joined = await joining.JoinAsync(ring, Position.TryParse(seen, out var from) ? from : null, stop.Token);
        var stream = new EventStream(context.Response, ring, snapshots, texts);
        var site = Site.Of(context.Request);
        using var stay = streams.Enter(ring, site);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, stay.Ends);
        try
        {
            await stream.BeginAsync(joined, stop.Token);
            var follower = new Follower(ring, source, stream, log) { Partner = partners.NameOf(site) };
            using var counted = receipts.Enter(ring, follower);
            await follower.RunAsync(joined.Position, end.Token);
        }
        catch (Exception failure) when (context.Response.HasStarted)
        {
            // The answer has begun, so all that is left is to end it: the reader comes back with its position.
            if (!end.IsCancellationRequested)
            {
                log.LogWarning(failure, "A stream of {Feed} broke.", feed);
                context.Abort();
            }
        }

        if (stay.Ends.IsCancellationRequested)
        {
            stream.End();
        }

        return TypedResults.Empty;
    }
}
