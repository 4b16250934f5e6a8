using System.Globalization;
using System.Text.Json;
using LiveFeed.Contracts;
using StackExchange.Redis;

namespace LiveFeed.Archive.Recent;

/// <summary>
/// The recent entries of each feed in Redis: a cache around the archive, so that many ticker nodes catch up without asking the
/// database. It only ever holds a whole stretch of the log. Flush it, restart it, fail it over: nothing is lost, it heals with
/// the next change, and until then everyone reads the archive.
/// </summary>
public sealed class RecentEntries(IConnectionMultiplexer redis) : IRecentEntries
{
    /// <summary>How many entries of a feed are kept.</summary>
    public const int Kept = 500;

    private const int IdleSeconds = 7 * 24 * 3600;

    private static readonly string RememberScript = Resources.Text("Recent/remember.lua");
    private static readonly string RefillScript = Resources.Text("Recent/refill.lua");

    /// <inheritdoc/>
    public async Task<bool> RememberAsync(EntryChanged change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var result = await redis.GetDatabase().ScriptEvaluateAsync(
            RememberScript,
            Keys(change.Entry.Feed),
            [change.Epoch, change.Entry.Seq, change.Entry.Id.ToString(), State(change.Entry), Kept, IdleSeconds]);
        return (int)result == 1;
    }

    /// <inheritdoc/>
    public async Task RefillAsync(Stretch stretch)
    {
        ArgumentNullException.ThrowIfNull(stretch);
        RedisValue[] values =
        [
            stretch.Top.Epoch, stretch.Floor, stretch.Top.Seq, IdleSeconds,
            .. stretch.Entries.SelectMany(entry => new RedisValue[] { entry.Seq, entry.Id.ToString(), State(entry) }),
        ];
        await redis.GetDatabase().ScriptEvaluateAsync(RefillScript, Keys(stretch.Feed), values);
    }

    /// <inheritdoc/>
    public async Task<Stretch?> SinceAsync(string feed, Position position)
    {
        // MULTI: the position and the entries must be of one moment, or a trim between the two would leave a hole.
        var keys = Keys(feed);
        var transaction = redis.GetDatabase().CreateTransaction();
        var held = transaction.HashGetAsync(keys[0], ["epoch", "floor", "top"]);
        var log = transaction.SortedSetRangeByScoreWithScoresAsync(keys[1], position.Seq, exclude: Exclude.Start);
        var states = transaction.HashGetAllAsync(keys[2]);
        await transaction.ExecuteAsync();

        if ((await held) is not [var epoch, var floor, var top] || epoch != position.Epoch
            || position.Seq < (long)floor || position.Seq > (long)top)
        {
            return null;
        }

        // The newest change is always some entry's newest state. A log that doesn't reach the top, or an entry without its state,
        // means that Redis was short of memory and dropped a key on its own.
        var byId = (await states).ToDictionary(state => state.Name, state => state.Value);
        var places = await log;
        if (position.Seq < (long)top && (places is not [.., var newest] || newest.Score != (long)top)
            || places.Any(place => !byId.ContainsKey(place.Element)))
        {
            return null;
        }

        var entries = places.Select(place => JsonSerializer.Deserialize<Entry>((string)byId[place.Element]!, Wire.Json)!);
        return new Stretch(feed, new Position(epoch!, (long)top), position.Seq, [.. entries]);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, Position>> PositionsAsync(IEnumerable<string> feeds)
    {
        var database = redis.GetDatabase();
        var asked = feeds.Select(async feed => (feed, held: await database.HashGetAsync(Keys(feed)[0], ["epoch", "top"]))).ToList();
        var answers = await Task.WhenAll(asked);
        return answers.Where(answer => !answer.held[0].IsNull)
            .ToDictionary(answer => answer.feed, answer => new Position(answer.held[0]!, (long)answer.held[1]));
    }

    /// <summary>True for what Redis throws when it is away, busy or full: the cache is done without until it is back.</summary>
    public static bool IsAway(Exception failure) => failure is RedisException or RedisTimeoutException or ObjectDisposedException;

    private static string State(Entry entry) => JsonSerializer.Serialize(entry, Wire.Json);

    // The braces put a feed's keys into one slot of a Redis Cluster, where a script must find them together.
    private static RedisKey[] Keys(string feed)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"livefeed:{{{feed}}}:");
        return [prefix + "position", prefix + "log", prefix + "entries"];
    }
}
