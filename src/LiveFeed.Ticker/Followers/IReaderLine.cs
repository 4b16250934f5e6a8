using LiveFeed.Contracts;

namespace LiveFeed.Ticker.Followers;

/// <summary>
/// What a follower writes to: a hub connection, or a stream of server-sent events. Each call returns when the line has taken the
/// message, so a slow line holds up nobody but its own follower.
/// </summary>
public interface IReaderLine
{
    /// <summary>Tells a change to a reader who holds everything up to <paramref name="previous"/>.</summary>
    Task UpdatedAsync(Position position, Entry entry, long previous, CancellationToken cancellation);

    /// <summary>Tells where the reader stands, so that it can tell a quiet feed from a broken one.</summary>
    Task PositionAsync(Position position, CancellationToken cancellation);

    /// <summary>
    /// Tells that what the reader holds can't be brought up to date change by change: the log is another one, or too much changed.
    /// </summary>
    /// <returns>Where the reader stands afterwards; null when it is now for the reader to ask.</returns>
    Task<Position?> AfreshAsync(Position newest, CancellationToken cancellation);
}
