using System.Globalization;
using LiveFeed.Contracts;
using LiveFeed.Simulation.Newsroom;
using LiveFeed.Simulation.Nodes;
using LiveFeed.Simulation.Readers;

namespace LiveFeed.Simulation;

/// <summary>
/// Holds what always holds against the log as it truly is, after every step: for every ring, every answer, every page, all that
/// is written to a line, and all that a reader shows.
/// </summary>
internal sealed class Checker(SimulatedArchive archive)
{
    private readonly Dictionary<Node, (object State, Position Top)> rings = [];
    private readonly Dictionary<Reader, Seen> seen = [];

    /// <summary>The first promise that was broken, in words; null as long as all hold.</summary>
    public string? Broken { get; private set; }

    /// <summary>Something failed that never may.</summary>
    public void Broke(Exception failure) => Break($"It failed: {failure}");

    /// <summary>A ring holds all that changed after its floor and up to its top, and never goes back.</summary>
    public void Ring(Node node)
    {
        if (node.Ring?.State is not { } state || (rings.TryGetValue(node, out var held) && ReferenceEquals(held.State, state)))
        {
            return;
        }

        var who = $"The ring of {node.Name}";
        if (LogOf(who, state.Top) is not { } log)
        {
            return;
        }

        if (held.State is not null && IsBack(held.Top, state.Top))
        {
            Break($"{who} went back from {held.Top} to {state.Top}.");
        }

        rings[node] = (state, state.Top);
        Same($"{who} at {state.Top}", log.Between(state.Floor, state.Top.Seq), state.Entries);
    }

    /// <summary>An answer is whole: all that changed between what was seen and its position, or the newest entries of that moment.</summary>
    public void Answered(string node, Position? position, Followed answer)
    {
        var who = $"The answer of {node} to {position?.ToString() ?? "a new reader"} (position {answer.Position}, reset {answer.Reset})";
        if (LogOf(who, answer.Position) is not { } log)
        {
            return;
        }

        if (answer.Reset)
        {
            Same(who, log.Newest(archive.PageLength, answer.Position.Seq), answer.Entries);
        }
        else if (position is not { } from || from.Epoch != answer.Position.Epoch || from.Seq > answer.Position.Seq)
        {
            Break($"{who} doesn't go on from there.");
        }
        else
        {
            Same(who, log.Between(from.Seq, answer.Position.Seq), answer.Entries);
        }
    }

    /// <summary>A page is the newest entries of one moment, which isn't older than the ring.</summary>
    public void Page(string node, Position ring, EntryPage page)
    {
        var who = $"The page of {node} at {page.Position}";
        if (LogOf(who, page.Position) is not { } log)
        {
            return;
        }

        if (IsBack(ring, page.Position))
        {
            Break($"{who} is older than the ring, which stood at {ring}.");
        }

        Same(who, log.Newest(archive.PageLength, page.Position.Seq), page.Entries);
    }

    /// <summary>What is written is true, and its <c>previous</c> hides nothing.</summary>
    public void Written(string node, Message message)
    {
        switch (message)
        {
            case Updated updated:
                if (Change(node, updated.After, updated.Entry) is { } log)
                {
                    for (var seq = updated.Previous + 1; seq < updated.Entry.Seq; seq++)
                    {
                        if (log.IsNewest(seq))
                        {
                            Break($"{node} told {updated.After} as following {updated.Previous}, which hides the change {seq}.");
                        }
                    }
                }

                break;
            case UpdatedEvent updated:
                Change(node, updated.Id, updated.Entry);
                break;
            case Told told:
                LogOf($"The position that {node} told", told.Position);
                break;
        }
    }

    /// <summary>A reader comes, perhaps with a page that was made before.</summary>
    public void Came(Reader reader, Position? position) =>
        seen[reader] = new Seen { Position = position, Base = position?.Seq ?? 0, BaseIds = [.. reader.Page.Offered.Keys] };

    /// <summary>A reader shows what the log says up to its position: once, in order, nothing missing, nothing older than before.</summary>
    public void Reader(Reader reader)
    {
        var last = seen[reader];
        if (reader.Page.TooLate is { } late)
        {
            Break($"{reader.Name} was offered {Name(late)} after a newer state of it.");
        }

        if (reader is HubReader { SawHole: true, Line.HasLost: false })
        {
            Break($"{reader.Name} saw a hole on a line that loses nothing.");
        }

        if (reader.Position is not { } position || LogOf(reader.Name, position) is not { } log)
        {
            return;
        }

        if (last.Position is { } before && IsBack(before, position))
        {
            Break($"{reader.Name} was taken back from {before} to {position}.");
        }

        if (last.Position?.Epoch != position.Epoch)
        {
            last.Newest.Clear();
        }

        if (last.Resets != reader.Page.Resets)
        {
            last.Resets = reader.Page.Resets;
            last.Base = position.Seq;
            last.BaseIds = [.. reader.Page.Offered.Keys];
        }

        last.Position = position;
        Held(reader, last, log, position);
        Lacking(reader, last, log, position);
    }

    /// <summary>What is published while all is well reaches every reader as soon as it can.</summary>
    public void Heard(Reader reader)
    {
        if (!IsLevel(reader))
        {
            Break($"All was well, and {reader.Name} at {reader.Position} hasn't heard of the news up to {archive.Log.Position}.");
        }
    }

    /// <summary>In the end a reader shows what the archive has, down to where it has loaded.</summary>
    public void Whole(Reader reader)
    {
        if (reader.Position != archive.Log.Position)
        {
            Break($"{reader.Name} stands at {reader.Position} in the end, and the archive at {archive.Log.Position}.");
            return;
        }

        Reader(reader);
        var last = seen[reader];
        var right = archive.Log.Newest(int.MaxValue, archive.Log.Top).Where(entry => Must(last, entry)
            && (reader.Page.Border is not { } border || Place.Of(entry).CompareTo(border) <= 0));
        Same($"What {reader.Name} shows in the end", [.. right], reader.Page.Shown());
    }

    /// <summary>True when the reader stands where the archive does, and hears the news.</summary>
    public bool IsLevel(Reader reader) => reader.IsLive && reader.Position == archive.Log.Position;

    // What is held is of this log, not from beyond the position, and not older than what was held before.
    private void Held(Reader reader, Seen last, Log log, Position position)
    {
        foreach (var (id, entry) in reader.Page.Offered)
        {
            if (entry.Seq > position.Seq || !entry.Equals(log.At(entry.Seq)))
            {
                Break($"{reader.Name} at {position} shows {Name(entry)}, which isn't in the log up to there.");
            }

            if (last.Newest.TryGetValue(id, out var newest) && newest > entry.Seq)
            {
                Break($"{reader.Name} at {position} shows {Name(entry)} again, and had seen the change {newest} of it.");
            }

            last.Newest[id] = entry.Seq;
        }
    }

    // States that were superseded before they could be told are left out; what wasn't must be there.
    private void Lacking(Reader reader, Seen last, Log log, Position position)
    {
        for (var seq = 1L; seq <= position.Seq; seq++)
        {
            if (log.IsNewest(seq) && log.At(seq) is var entry && Must(last, entry)
                && !(reader.Page.Offered.TryGetValue(entry.Id, out var held) && held.Seq == seq))
            {
                Break($"{reader.Name} at {position} lacks {Name(entry)}: a hole that looks whole.");
            }
        }
    }

    // What a page didn't reach when the reader came is no business of the push, until it changes.
    private static bool Must(Seen last, Entry entry) => entry.Seq > last.Base || last.BaseIds.Contains(entry.Id);

    private Log? Change(string node, Position after, Entry entry)
    {
        var log = LogOf($"What {node} told", after);
        if (log is not null && (entry.Seq != after.Seq || !entry.Equals(log.At(entry.Seq))))
        {
            Break($"{node} told {Name(entry)} as {after}, and the log has something else there.");
        }

        return log;
    }

    private Log? LogOf(string who, Position position)
    {
        var log = archive.Find(position.Epoch);
        if (log is null || position.Seq > log.Top)
        {
            Break($"{who} stands at {position}, where no log ever stood.");
            return null;
        }

        return log;
    }

    private bool IsBack(Position before, Position after) => before.Epoch == after.Epoch
        ? after.Seq < before.Seq
        : archive.Find(after.Epoch)!.Number < archive.Find(before.Epoch)!.Number;

    private void Same(string who, List<Entry> right, IReadOnlyList<Entry> found)
    {
        var same = right.Count == found.Count;
        for (var i = 0; same && i < right.Count; i++)
        {
            same = ReferenceEquals(right[i], found[i]) || right[i].Equals(found[i]);
        }

        if (!same)
        {
            Break($"{who} holds [{Names(found)}], and should hold [{Names(right)}].");
        }
    }

    private void Break(string promise) => Broken ??= promise;

    public static string Name(Entry entry) => $"{Name(entry.Id)}{(entry.Status is EntryStatus.Retracted ? " withdrawn" : "")}@{entry.Seq}";

    /// <summary>An entry's number: the schedule gives ids that begin with it.</summary>
    public static string Name(Guid id) => Convert.ToInt32(id.ToString()[..8], 16).ToString(CultureInfo.InvariantCulture);

    public static string Names(IEnumerable<Entry> entries) => string.Join(", ", entries.Select(Name));

    private sealed class Seen
    {
        public Position? Position { get; set; }

        public long Base { get; set; }

        public HashSet<Guid> BaseIds { get; set; } = [];

        public int Resets { get; set; }

        public Dictionary<Guid, long> Newest { get; } = [];
    }
}
