using LiveFeed.Archive;
using LiveFeed.Archive.Recent;
using LiveFeed.Contracts;

namespace LiveFeed.Ticker.Ring;

/// <summary>
/// Where a ring gets what it lacks: Redis where there is one and it knows, else the archive. Reads take turns, so that ten
/// thousand readers who come back at once ask the database a few at a time.
/// </summary>
public sealed class RingSource(IFeedReader archive, IFeedList feeds, IRecentEntries? redis = null) : IDisposable
{
    /// <summary>The most changes that are told one by one to who comes back; who lacks more starts afresh.</summary>
    public const int CatchUpLimit = 500;

    private readonly SemaphoreSlim turns = new(8);

    /// <summary>How many entries a ring keeps.</summary>
    public int Kept { get; init; } = RecentEntries.Kept;

    /// <summary>Everything a new ring needs; null when there is no such feed.</summary>
    /// <exception cref="System.Data.Common.DbException">The archive can't be reached.</exception>
    public async Task<(Feed Feed, Stretch Stretch)?> LoadAsync(string slug, CancellationToken cancellation) =>
        await InTurnAsync(async () => await feeds.FindAsync(slug, cancellation) is { } feed
            && await archive.RecentAsync(slug, Kept, cancellation) is { } stretch
                ? (feed, stretch)
                : ((Feed, Stretch)?)null, cancellation);

    /// <summary>The end of the log as the archive has it; null when there is no such feed any more.</summary>
    /// <exception cref="System.Data.Common.DbException">The archive can't be reached.</exception>
    public Task<Stretch?> RecentAsync(string slug, CancellationToken cancellation) =>
        InTurnAsync(() => archive.RecentAsync(slug, Kept, cancellation), cancellation);

    /// <summary>What Redis knows after <paramref name="position"/>; null when it is away or can't tell it whole.</summary>
    public async Task<Stretch?> CachedSinceAsync(string slug, Position position)
    {
        try
        {
            return redis is null ? null : await redis.SinceAsync(slug, position);
        }
        catch (Exception failure) when (RecentEntries.IsAway(failure))
        {
            return null;
        }
    }

    /// <summary>
    /// What the archive has after <paramref name="position"/>, at most <see cref="CatchUpLimit"/> changes; null when that isn't
    /// the whole of it: more changed, or the position is of another epoch or ahead of the log.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">The archive can't be reached.</exception>
    public async Task<Stretch?> SinceAsync(string slug, Position position, CancellationToken cancellation)
    {
        var page = await InTurnAsync(() => archive.SinceAsync(slug, position.Seq, CatchUpLimit, withBody: false, cancellation), cancellation);
        return page is null || page.Next is not null || page.Position.Epoch != position.Epoch || page.Position.Seq < position.Seq
            ? null : new Stretch(slug, page.Position, position.Seq, page.Entries);
    }

    /// <summary>Where the feeds stand: as Redis knows, and the archive for what it doesn't.</summary>
    /// <param name="slugs">The feeds asked for.</param>
    /// <param name="askArchive">True asks the archive alone: a cache may stand still without anyone noticing.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="System.Data.Common.DbException">The archive can't be reached.</exception>
    public async Task<IReadOnlyDictionary<string, Position>> PositionsAsync(
        IReadOnlyCollection<string> slugs, bool askArchive, CancellationToken cancellation)
    {
        if (redis is not null && !askArchive)
        {
            try
            {
                var known = await redis.PositionsAsync(slugs);
                if (slugs.All(known.ContainsKey))
                {
                    return known;
                }
            }
            catch (Exception failure) when (RecentEntries.IsAway(failure))
            {
            }
        }

        return await archive.PositionsAsync(cancellation);
    }

    /// <summary>The feeds as the archive describes them.</summary>
    /// <exception cref="System.Data.Common.DbException">The archive can't be reached.</exception>
    public Task<IReadOnlyList<Feed>> FeedsAsync(CancellationToken cancellation) => feeds.ListAsync(cancellation);

    /// <inheritdoc/>
    public void Dispose() => turns.Dispose();

    private async Task<T> InTurnAsync<T>(Func<Task<T>> read, CancellationToken cancellation)
    {
        await turns.WaitAsync(cancellation);
        try
        {
            return await read();
        }
        finally
        {
            turns.Release();
        }
    }
}
