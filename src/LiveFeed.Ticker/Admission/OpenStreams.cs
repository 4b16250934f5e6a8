using System.Collections.Concurrent;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Partners;
using LiveFeed.Ticker.Ring;

namespace LiveFeed.Ticker.Admission;

/// <summary>The event streams that are open, so that each can be ended at a moment of its own when the node goes away.</summary>
internal sealed class OpenStreams(Doorkeeper keeper, TimeProvider clock)
{
    private readonly TimeProvider clock = clock;
    private readonly ConcurrentDictionary<Stay, bool> open = [];

    /// <summary>Takes a stream in until its stay is disposed of.</summary>
    /// <param name="ring">The feed that is followed.</param>
    /// <param name="site">Where the reader's ticker stands.</param>
    public Stay Enter(FeedRing ring, Site site)
    {
        var stay = new Stay(this, ring, site);
        open.TryAdd(stay, true);
        if (keeper.IsLeaving)
        {
            // It was let in at the last moment, and may have been passed over.
            stay.EndAfter(TimeSpan.Zero);
        }

        return stay;
    }

    /// <summary>Ends every stream, each after a time of its own.</summary>
    public void SendAway(Func<TimeSpan> after)
    {
        foreach (var stay in open.Keys)
        {
            stay.EndAfter(after());
        }
    }

    /// <summary>Ends the streams of feeds that their site may not show.</summary>
    public void CutOff(Func<Feed, Site, bool> isRefused)
    {
        foreach (var stay in open.Keys.Where(stay => isRefused(stay.Ring.Feed, stay.Site)))
        {
            stay.EndAfter(TimeSpan.Zero);
        }
    }

    /// <summary>A stream's stay.</summary>
    internal sealed class Stay(OpenStreams streams, FeedRing ring, Site site) : IDisposable
    {
        /// <summary>The feed that is followed.</summary>
        public FeedRing Ring => ring;

        /// <summary>Where the reader's ticker stands.</summary>
        public Site Site => site;

        private readonly CancellationTokenSource end = new(Timeout.InfiniteTimeSpan, streams.clock);

        /// <summary>Cancelled when the stream has to end.</summary>
        public CancellationToken Ends => end.Token;

        /// <summary>Ends the stream in a while.</summary>
        public void EndAfter(TimeSpan time)
        {
            try
            {
                end.CancelAfter(time);
            }
            catch (ObjectDisposedException)
            {
                // It has ended by itself.
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            streams.open.TryRemove(this, out _);
            end.Dispose();
        }
    }
}
