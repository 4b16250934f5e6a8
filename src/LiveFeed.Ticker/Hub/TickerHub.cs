using LiveFeed.Contracts;
using LiveFeed.Ticker.Followers;
using LiveFeed.Ticker.Receipts;
using LiveFeed.Ticker.Ring;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Hub;

/// <summary>
/// What readers connect to. It pushes <c>Updated(entry, previous)</c> for every feed that is followed, and
/// <c>Position(feed, position)</c> every 10 s; what a screen confirms goes to the newsroom's receipts.
/// </summary>
public sealed class TickerHub(FollowCall call, SeenCall seen, ReaderReceipts receipts, RingSource source, HubMessages messages, ILogger<TickerHub> log)
    : Microsoft.AspNetCore.SignalR.Hub
{
    /// <summary>
    /// Follows a feed. With a position, the answer holds what changed after it; without one, or with one that can't be gone on
    /// from, <c>reset</c> is true and it holds the newest entries. Following a feed again replaces the earlier following.
    /// </summary>
    /// <param name="feed">The feed's slug.</param>
    /// <param name="position">The position that an earlier answer or push left the reader at; may be left out.</param>
    /// <exception cref="HubException">The call breaks a rule, which the message names; or the archive is away for the moment.</exception>
    [OptionalArguments(1)]
    public async Task<Followed> Follow(string? feed, string? position)
    {
        var (ring, answer, partner) = await call.AnswerAsync(feed, position, Mine.Site, isFull: feed is not null && Mine.IsFull(feed), Context.ConnectionAborted);
        await Mine.StopAsync(feed!);
        Mine.Start(ring, answer.Position, partner, source, messages, receipts, log);
        return answer;
    }

    /// <summary>Stops following a feed; nothing happens when it wasn't followed.</summary>
    public Task Unfollow(string? feed) => Mine.StopAsync(feed ?? "");

    /// <summary>Confirms that everything up to a position stands on the screen, so that the newsroom knows it. Answers what to confirm next.</summary>
    /// <param name="feed">The feed's slug; it must be followed.</param>
    /// <param name="position">Up to where.</param>
    /// <param name="previous">The seq that stood there before; left out when the screen isn't looked at.</param>
    /// <param name="ago">How many milliseconds ago it came onto the screen; left out with <paramref name="previous"/>.</param>
    /// <exception cref="HubException">The call breaks a rule, which the message names.</exception>
    [OptionalArguments(2)]
    public Asked Seen(string? feed, string? position, long? previous, long? ago)
    {
        var (ring, screen) = Mine.Of(feed ?? "");
        return seen.Answer(ring, screen, position, previous, ago);
    }

    /// <summary>Says that the ticker is the newsroom's own: it counts as no reader.</summary>
    /// <exception cref="HubException">The feed isn't followed.</exception>
    public void Monitor(string? feed)
    {
        var (ring, screen) = Mine.Of(feed ?? "");
        seen.Exclude(ring, screen);
    }

    private Followings Mine => Context.Features.Get<Followings>()!;
}
