using LiveFeed.Contracts;
using StackExchange.Redis;

namespace LiveFeed.Archive.Recent;

/// <summary>
/// The cache around the archive. <see cref="RecentEntries"/> keeps it in Redis; the simulation keeps one in memory that goes by
/// the same rules, and forgets, comes late and stands still as its seed decides.
/// </summary>
public interface IRecentEntries
{
    /// <summary>Remembers a change. False when older entries are missing now, and the archive should refill them.</summary>
    /// <exception cref="RedisException">Redis can't be reached.</exception>
    /// <exception cref="RedisTimeoutException">Redis didn't answer in time.</exception>
    Task<bool> RememberAsync(EntryChanged change);

    /// <summary>Puts a whole stretch of the log in the place of what is there, unless that reaches further.</summary>
    /// <exception cref="RedisException">Redis can't be reached.</exception>
    /// <exception cref="RedisTimeoutException">Redis didn't answer in time.</exception>
    Task RefillAsync(Stretch stretch);

    /// <summary>
    /// What changed after <paramref name="position"/>, oldest change first, or null when Redis can't tell it whole: the feed was
    /// flushed or has lost a part, the position is too old, or of another epoch, or newer than what is known here.
    /// </summary>
    /// <exception cref="RedisException">Redis can't be reached.</exception>
    /// <exception cref="RedisTimeoutException">Redis didn't answer in time.</exception>
    Task<Stretch?> SinceAsync(string feed, Position position);

    /// <summary>Where Redis believes each of these feeds stands; feeds it doesn't know are left out.</summary>
    /// <exception cref="RedisException">Redis can't be reached.</exception>
    /// <exception cref="RedisTimeoutException">Redis didn't answer in time.</exception>
    Task<IReadOnlyDictionary<string, Position>> PositionsAsync(IEnumerable<string> feeds);
}
