using System.Collections.Concurrent;
using LiveFeed.Archive;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Ring;

namespace LiveFeed.Ticker.Followers;

/// <summary>
/// The newest entries of each feed in readers' order, read from the archive once for every state of the ring: a thousand readers
/// who come at once cost one read. It is never older than the ring, or a reader would be shown what others have seen change.
/// </summary>
public sealed class Snapshots(IFeedReader archive, TimeProvider clock)
{
    /// <summary>How many entries a reader starts with.</summary>
    public const int Count = 20;

    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Read> reads = new(StringComparer.Ordinal);

    /// <summary>The newest entries of the ring's feed, at the ring's top or later.</summary>
    /// <exception cref="System.Data.Common.DbException">The archive can't be reached.</exception>
    public async Task<EntryPage> NewestAsync(FeedRing ring, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ring);
        var slug = ring.Feed.Slug;
        while (true)
        {
            var top = ring.State.Top;
            var read = reads.AddOrUpdate(slug, _ => new Read(top, this, slug), (_, held) => held.IsGoodAt(top) ? held : new Read(top, this, slug));
            var page = await read.Page.WaitAsync(cancellation);
            if (page.Position.Epoch == top.Epoch || await ring.CatchUpAsync(page.Position, cancellation))
            {
                return page;
            }
        }
    }

    private async Task<EntryPage> ReadAsync(string slug)
    {
        using var limit = new CancellationTokenSource(ReadLimit, clock);
        return await archive.PageAsync(slug, new PageQuery { Limit = Count }, limit.Token)
            ?? throw new InvalidOperationException($"The feed '{slug}' is gone from the archive.");
    }

    private sealed class Read(Position top, Snapshots snapshots, string slug)
    {
        private readonly Lazy<Task<EntryPage>> page = new(() => snapshots.ReadAsync(slug));

        public Task<EntryPage> Page => page.Value;

        // A read that is under way was begun when the ring stood at `top`, and can't find less than that.
        public bool IsGoodAt(Position now) => page switch
        {
            { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result.Position: var found } } => Covers(found, now),
            { IsValueCreated: true, Value.IsCompleted: true } => false,
            _ => Covers(top, now),
        };

        private static bool Covers(Position held, Position now) => held.Epoch == now.Epoch && held.Seq >= now.Seq;
    }
}
