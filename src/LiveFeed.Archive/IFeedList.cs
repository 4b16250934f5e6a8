using System.Data.Common;
using LiveFeed.Contracts;

namespace LiveFeed.Archive;

/// <summary>The feeds as tickers read them: <see cref="Feeds"/> in the database, or those of the simulation.</summary>
public interface IFeedList
{
    /// <summary>A feed, or null.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    Task<Feed?> FindAsync(string slug, CancellationToken cancellation);

    /// <summary>All feeds, the newest first.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    Task<IReadOnlyList<Feed>> ListAsync(CancellationToken cancellation);
}
