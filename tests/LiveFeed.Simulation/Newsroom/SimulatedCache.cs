using LiveFeed.Archive;
using LiveFeed.Archive.Recent;
using LiveFeed.Contracts;
using StackExchange.Redis;

namespace LiveFeed.Simulation.Newsroom;

/// <summary>
/// Redis in memory: the same three keys, and the rules of remember.lua, refill.lua and <see cref="RecentEntries"/>. What is asked
/// of it is done some time later, perhaps after who asked has gone; the answer comes later still.
/// </summary>
internal sealed class SimulatedCache(int kept) : IRecentEntries
{
    private (string Epoch, long Floor, long Top)? position;
    private Dictionary<Guid, long> log = [];
    private Dictionary<Guid, Entry> entries = [];

    /// <summary>True while nobody can reach it.</summary>
    public bool IsAway { get; set; }

    public void Flush()
    {
        position = null;
        log = [];
        entries = [];
    }

    /// <summary>Short of memory, Redis drops one of the keys on its own.</summary>
    public void Drop(int key)
    {
        switch (key)
        {
            case 0: position = null; break;
            case 1: log = []; break;
            default: entries = []; break;
        }
    }

    public Task<bool> RememberAsync(EntryChanged change) => AskAsync(() => Remember(change));

    public Task RefillAsync(Stretch stretch) => AskAsync(() => Refill(stretch));

    public Task<Stretch?> SinceAsync(string feed, Position position) => AskAsync(() => Since(feed, position));

    public Task<IReadOnlyDictionary<string, Position>> PositionsAsync(IEnumerable<string> feeds) =>
        AskAsync<IReadOnlyDictionary<string, Position>>(() => position is { } held
            ? new Dictionary<string, Position> { [Log.Feed] = new(held.Epoch, held.Top) } : []);

    private bool Remember(EntryChanged change)
    {
        var (seq, id) = (change.Entry.Seq, change.Entry.Id);
        var joins = position is { } held && held.Epoch == change.Epoch && seq <= held.Top + 1
            && (held.Top == held.Floor || (log.Count > 0 && entries.Count > 0));
        if (!joins)
        {
            Flush();
            position = (change.Epoch, seq - 1, seq);
        }
        else if (seq > position!.Value.Top)
        {
            position = position.Value with { Top = seq };
        }

        if (seq > position!.Value.Floor && (!log.TryGetValue(id, out var known) || known < seq))
        {
            log[id] = seq;
            entries[id] = change.Entry;
        }

        while (log.Count > kept)
        {
            var (oldest, at) = log.MinBy(entry => entry.Value);
            log.Remove(oldest);
            entries.Remove(oldest);
            position = position.Value with { Floor = at };
        }

        return joins;
    }

    private bool Refill(Stretch stretch)
    {
        if (position is { } held && held.Epoch == stretch.Top.Epoch && held.Top > stretch.Top.Seq)
        {
            return false;
        }

        position = (stretch.Top.Epoch, stretch.Floor, stretch.Top.Seq);
        log = stretch.Entries.ToDictionary(entry => entry.Id, entry => entry.Seq);
        entries = stretch.Entries.ToDictionary(entry => entry.Id);
        return true;
    }

    private Stretch? Since(string feed, Position from)
    {
        if (position is not { } held || held.Epoch != from.Epoch || from.Seq < held.Floor || from.Seq > held.Top)
        {
            return null;
        }

        var places = log.Where(entry => entry.Value > from.Seq).OrderBy(entry => entry.Value).ToList();
        if (from.Seq < held.Top && (places.Count == 0 || places[^1].Value != held.Top)
            || places.Exists(place => !entries.ContainsKey(place.Key)))
        {
            return null;
        }

        return new Stretch(feed, new Position(held.Epoch, held.Top), from.Seq, [.. places.Select(place => entries[place.Key])]);
    }

    private async Task<T> AskAsync<T>(Func<T> answer)
    {
        await Task.Yield();
        if (IsAway)
        {
            throw new RedisException("Redis is away.");
        }

        var answered = answer();
        await Task.Yield();
        return answered;
    }
}
