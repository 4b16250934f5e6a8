using System.Collections.Concurrent;
using LiveFeed.Ticker.Ring;

namespace LiveFeed.Ticker.Receipts;

/// <summary>The receipts of this node's feeds, and the screens that no shard walks: those on SignalR's own door, and event streams.</summary>
public sealed class ReaderReceipts(TimeProvider clock)
{
    private readonly ConcurrentDictionary<FeedRing, Deliveries> feeds = [];
    private readonly ConcurrentDictionary<FeedRing, ConcurrentDictionary<Screen, bool>> screens = [];

    /// <summary>Counts a screen until the result is disposed of.</summary>
    public IDisposable Enter(FeedRing ring, Screen screen)
    {
        screens.GetOrAdd(ring, static _ => []).TryAdd(screen, true);
        Of(ring).ScreensMoved();
        return new Stay(this, ring, screen);
    }

    /// <summary>The feeds that somebody here has followed.</summary>
    internal IEnumerable<KeyValuePair<FeedRing, Deliveries>> Feeds => feeds;

    /// <summary>A feed's; it begins to be noted with the first screen.</summary>
    internal Deliveries Of(FeedRing ring) => feeds.GetOrAdd(ring, static (ring, clock) => new Deliveries(ring, clock), clock);

    /// <summary>A feed's, if anybody here has followed it.</summary>
    internal Deliveries? Find(FeedRing ring) => feeds.GetValueOrDefault(ring);

    /// <summary>Counts the screens that no shard walks.</summary>
    internal void Count(FeedRing ring, Tally tally)
    {
        if (screens.TryGetValue(ring, out var held))
        {
            foreach (var (screen, _) in held)
            {
                tally.Add(screen);
            }
        }
    }

    private sealed class Stay(ReaderReceipts receipts, FeedRing ring, Screen screen) : IDisposable
    {
        public void Dispose()
        {
            receipts.screens[ring].TryRemove(screen, out _);
            receipts.Of(ring).ScreensMoved();
        }
    }
}
