using System.Collections.Concurrent;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Followers;
using LiveFeed.Ticker.Partners;
using LiveFeed.Ticker.Push;
using LiveFeed.Ticker.Receipts;
using LiveFeed.Ticker.Ring;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Hub;

/// <summary>The feeds that one connection follows. SignalR runs a connection's calls one after the other; only the
/// end of the connection may come in between.</summary>
public sealed class Followings(HubConnectionContext connection)
{
    private readonly ConcurrentDictionary<string, (FeedRing Ring, Follower Follower, Task Run, CancellationTokenSource Stop)> running = new(StringComparer.Ordinal);

    /// <summary>Where the reader's ticker stands. Long polling says it anew with each request; what counts is how it came.</summary>
    public Site Site { get; } = connection.GetHttpContext() is { } http ? Site.Of(http.Request) : new(null, IsOurs: false, null);

    /// <summary>Whether a feed is followed that the reader's site may not show.</summary>
    public bool IsRefused(Func<Feed, Site, bool> isRefused) => running.Values.Any(following => isRefused(following.Ring.Feed, Site));

    /// <summary>Why the connection ends; null while it lasts, and where the reader leaves by itself.</summary>
    public CloseReason? End { get; set; }

    /// <summary>True when one more feed would be too many.</summary>
    public bool IsFull(string feed) => running.Count >= FollowCall.MostFeeds && !running.ContainsKey(feed);

    /// <summary>Follows a feed from where the reader stands. An earlier following of it must have been stopped.</summary>
    public void Start(FeedRing ring, Position position, string partner, RingSource source, HubMessages messages, ReaderReceipts receipts, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(ring);
        var feed = ring.Feed.Slug;
        var follower = new Follower(ring, source, new HubLine(feed, connection, messages), log) { Partner = partner };
        var stop = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionAborted);
        running[feed] = (ring, follower, Task.Run(() => RunAsync(ring, follower, position, receipts, log, stop.Token), CancellationToken.None), stop);
    }

    /// <summary>The following of a feed; nulls when it isn't followed.</summary>
    public (FeedRing? Ring, Screen? Screen) Of(string feed) => running.TryGetValue(feed, out var following) ? (following.Ring, following.Follower) : (null, null);

    /// <summary>Stops following a feed; when it returns, nothing more is pushed for it.</summary>
    public async Task StopAsync(string feed)
    {
        if (running.TryRemove(feed, out var following))
        {
            await following.Stop.CancelAsync();
            await following.Run;
            following.Stop.Dispose();
        }
    }

    /// <summary>Stops following everything.</summary>
    public async Task StopAllAsync()
    {
        foreach (var feed in running.Keys.ToList())
        {
            await StopAsync(feed);
        }
    }

    private async Task RunAsync(FeedRing ring, Follower follower, Position position, ReaderReceipts receipts, ILogger log, CancellationToken stop)
    {
        using var stay = receipts.Enter(ring, follower);
        try
        {
            await follower.RunAsync(position, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (Exception failure)
        {
            // A reader who goes on without updates would believe that nothing happens; one who is cut off comes back.
            log.LogWarning(failure, "A following broke; its connection is cut so that the reader comes back.");
            connection.Abort();
        }
    }
}
