using LiveFeed.Archive;
using LiveFeed.Contracts;

namespace LiveFeed.Ticker.Tests;

/// <summary>A feed's log as the archive would hold it, in memory: every change, and what a reader who has seen it all must show.</summary>
internal sealed class Log(string epoch = "first")
{
    private readonly List<Entry> changes = [];

    public string Epoch { get; } = epoch;

    public long Top => changes.Count;

    public Position Position => new(Epoch, Top);

    /// <summary>Appends a change of an entry: the next revision, or the first.</summary>
    public EntryChanged Change(Guid id, EntryStatus status = EntryStatus.Live)
    {
        var revision = changes.Count(change => change.Id == id) + 1;
        changes.Add(new Entry
        {
            Id = id,
            Feed = "news",
            Seq = Top + 1,
            Revision = revision,
            Status = status,
            Headline = status is EntryStatus.Live ? $"Revision {revision}" : null,
            PublishedAt = DateTimeOffset.UnixEpoch,
        });
        return new EntryChanged(Epoch, changes[^1]);
    }

    /// <summary>Appends a new entry.</summary>
    public EntryChanged Publish() => Change(Guid.NewGuid());

    /// <summary>The announcement of an earlier change, once more.</summary>
    public EntryChanged Announce(long seq) => new(Epoch, changes[(int)seq - 1]);

    /// <summary>What changed after <paramref name="seq"/>, superseded states left out.</summary>
    public Stretch Since(long seq) => new("news", Position, seq, [.. Newest(changes).Where(entry => entry.Seq > seq)]);

    /// <summary>The log's end: its newest <paramref name="count"/> entries.</summary>
    public Stretch Recent(int count)
    {
        var newest = Newest(changes);
        return newest.Count < count
            ? new("news", Position, 0, newest)
            : new("news", Position, newest[^count].Seq - 1, newest[^count..]);
    }

    /// <summary>What a reader shows who has seen everything up to <paramref name="seq"/>.</summary>
    public Dictionary<Guid, Entry> SeenUpTo(long seq) => Newest([.. changes.Take((int)seq)]).ToDictionary(entry => entry.Id);

    private static List<Entry> Newest(List<Entry> changes) =>
        [.. changes.GroupBy(change => change.Id).Select(entry => entry.Last()).OrderBy(entry => entry.Seq)];
}
