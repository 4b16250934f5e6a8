using LiveFeed.Contracts;
using LiveFeed.Ticker.Ring;

namespace LiveFeed.Ticker.Followers;

/// <summary>What a reader gets who comes, or comes back: what changed since, or the newest entries.</summary>
public sealed class Joining(RingSource source, Snapshots snapshots)
{
    /// <summary>
    /// The answer to a reader of <paramref name="ring"/> who has seen <paramref name="position"/>. Following from the answer's
    /// position then misses nothing, whatever happens in between.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">The archive was needed and can't be reached.</exception>
    public async Task<Followed> JoinAsync(FeedRing ring, Position? position, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ring);
        var slug = ring.Feed.Slug;
        if (position is { } seen && await MissedAsync(ring, seen, cancellation) is var (entries, reached))
        {
            return new Followed(slug, reached, Reset: false, entries);
        }

        var newest = await snapshots.NewestAsync(ring, cancellation);
        return new Followed(slug, newest.Position, Reset: true, newest.Entries);
    }

    private async Task<(IReadOnlyList<Entry> Entries, Position Reached)?> MissedAsync(FeedRing ring, Position seen, CancellationToken cancellation)
    {
        // Another node was faster, or heard of the new log first; a reader is never taken back for that.
        await ring.CatchUpAsync(seen, cancellation);

        // By now the ring may have gone on, even to another log: the answer is made of one state, and that state must hold it.
        var state = ring.State;
        if (seen.Epoch != state.Top.Epoch || seen.Seq > state.Top.Seq)
        {
            return null;
        }

        if (state.Reaches(seen.Seq))
        {
            return (state.After(seen.Seq), state.Top);
        }

        return await source.SinceAsync(ring.Feed.Slug, seen, cancellation) is { } missed ? (missed.Entries, missed.Top) : null;
    }
}
