using System.Data.Common;
using LiveFeed.Contracts;

namespace LiveFeed.Archive;

/// <summary>
/// What tickers and the cache read of the log. <see cref="FeedReader"/> asks the database; the simulation has a log in memory
/// that answers late, or not at all, as its seed decides.
/// </summary>
public interface IFeedReader
{
    /// <summary>Entries in readers' order: pinned first, then newest first. Null when there is no such feed.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    Task<EntryPage?> PageAsync(string feed, PageQuery query, CancellationToken cancellation);

    /// <summary>
    /// What changed after <paramref name="seq"/>, oldest change first, each entry once at its newest state; null when there is no
    /// such feed. With more than <paramref name="limit"/> the answer ends early, and its position and cursor say where.
    /// </summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    Task<EntryPage?> SinceAsync(string feed, long seq, int limit, bool withBody, CancellationToken cancellation);

    /// <summary>The end of the log: the <paramref name="count"/> entries that changed last; null when there is no such feed.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    Task<Stretch?> RecentAsync(string feed, int count, CancellationToken cancellation);

    /// <summary>Where each feed's log stands.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    Task<IReadOnlyDictionary<string, Position>> PositionsAsync(CancellationToken cancellation);
}
