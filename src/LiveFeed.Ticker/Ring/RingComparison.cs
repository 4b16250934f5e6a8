using LiveFeed.Contracts;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Ring;

/// <summary>One comparison of this node's rings with what Redis or the archive knows. What lags catches up.</summary>
public sealed class RingComparison(Rings rings, RingSource source, ILogger log)
{
    /// <summary>Compares every ring that is loaded.</summary>
    /// <param name="askArchive">True asks the archive alone: Redis may stand still as well.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <returns>The feeds that lag still.</returns>
    /// <exception cref="System.Data.Common.DbException">The archive can't be reached.</exception>
    public async Task<IReadOnlyList<string>> FindBehindAsync(bool askArchive, CancellationToken cancellation)
    {
        var loaded = rings.Loaded.ToDictionary(ring => ring.Feed.Slug);
        var positions = await source.PositionsAsync(loaded.Keys, askArchive, cancellation);
        if (askArchive)
        {
            await DescribeAsync(loaded, cancellation);
        }

        var behind = new List<string>();
        foreach (var (slug, ring) in loaded)
        {
            if (positions.TryGetValue(slug, out var position) && !await IsLevelAsync(ring, position, cancellation))
            {
                behind.Add(slug);
            }
        }

        return behind;
    }

    private async Task<bool> IsLevelAsync(FeedRing ring, Position position, CancellationToken cancellation)
    {
        var top = ring.State.Top;
        if (top.Epoch == position.Epoch && top.Seq >= position.Seq)
        {
            return true;
        }

        var level = await ring.CatchUpAsync(position, cancellation);
        log.LogInformation("The feed {Feed} stood at {Top} here and at {Position} in the archive; it stands at {Now} now.",
            ring.Feed.Slug, top, position, ring.State.Top);

        // Redis may still hold the log that the archive has replaced; then the archive is right, and the ring has followed it.
        return level || ring.State.Top.Epoch != position.Epoch;
    }

    // Announcements of a feed's title or status may be lost like any other.
    private async Task DescribeAsync(Dictionary<string, FeedRing> loaded, CancellationToken cancellation)
    {
        foreach (var feed in loaded.Count == 0 ? [] : await source.FeedsAsync(cancellation))
        {
            loaded.GetValueOrDefault(feed.Slug)?.Describe(feed);
        }
    }
}
