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

    /// <summary>How many key events a reader can jump to.</summary>
    private const int KeyEventCount = 12;

    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(string Feed, bool KeyEvents), Read> reads = new();

    /// <summary>The newest entries of the ring's feed, at the ring's top or later.</summary>
    /// <exception cref="System.Data.Common.DbException">The archive can't be reached.</exception>
    public Task<EntryPage> NewestAsync(FeedRing ring, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ring);
        return NewestAsync(ring, keyEvents: false, cancellation);
    }

    /// <summary>The newest key events of the ring's feed that have a headline, the newest first.</summary>
    /// <exception cref="System.Data.Common.DbException">The archive can't be reached.</exception>
    public async Task<IReadOnlyList<Entry>> KeyEventsAsync(FeedRing ring, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ring);
        var page = await NewestAsync(ring, keyEvents: true, cancellation);
        return [.. page.Entries.Where(entry => entry is { Status: EntryStatus.Live, Headline: not null }).OrderByDescending(entry => entry.PublishedAt)
            .Take(KeyEventCount)];
    }

    private async Task<EntryPage> NewestAsync(FeedRing ring, bool keyEvents, CancellationToken cancellation)
    {
        var slug = ring.Feed.Slug;
        while (true)
        {
            var top = ring.State.Top;
            var read = reads.AddOrUpdate(
                (slug, keyEvents), asked => new Read(top, this, asked), (asked, held) => held.IsGoodAt(top) ? held : new Read(top, this, asked));
            var page = await read.Page.WaitAsync(cancellation);
            if (page.Position.Epoch == top.Epoch || await ring.CatchUpAsync(page.Position, cancellation))
            {
                return page;
            }
        }
    }

    private async Task<EntryPage> ReadAsync((string Feed, bool KeyEvents) asked)
    {
        using var limit = new CancellationTokenSource(ReadLimit, clock);
        return await archive.PageAsync(asked.Feed, new PageQuery { Limit = Count, KeyEvents = asked.KeyEvents }, limit.Token)
            ?? throw new InvalidOperationException($"The feed '{asked.Feed}' is gone from the archive.");
    }

    private sealed class Read(Position top, Snapshots snapshots, (string Feed, bool KeyEvents) asked)
    {
        private readonly Lazy<Task<EntryPage>> page = new(() => snapshots.ReadAsync(asked));

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
