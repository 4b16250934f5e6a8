using LiveFeed.Archive;
using LiveFeed.Contracts;

namespace LiveFeed.Simulation.Newsroom;

/// <summary>A feed's log as it truly is: every change, and which later one superseded it. All else is held against this.</summary>
internal sealed class Log(int number)
{
    private readonly List<Entry> changes = [];
    private readonly List<long> supersededAt = [];
    private readonly Dictionary<Guid, long> newest = [];
    private readonly Dictionary<int, long> carriedOut = [];

    /// <summary>The slug of the one feed.</summary>
    public const string Feed = "news";

    /// <summary>Logs count from 1; a restored backup makes the next one.</summary>
    public int Number { get; } = number;

    public string Epoch { get; } = EpochOf(number);

    public long Top => changes.Count;

    public Position Position => new(Epoch, Top);

    public static string EpochOf(int number) => Epochs[number];

    public Entry At(long seq) => changes[(int)seq - 1];

    /// <summary>True when this change is its entry's newest state for who has seen everything up to <paramref name="top"/>.</summary>
    public bool IsNewestAt(long seq, long top) => supersededAt[(int)seq - 1] > top;

    /// <summary>True when no later change of the entry is known at all.</summary>
    public bool IsNewest(long seq) => supersededAt[(int)seq - 1] == long.MaxValue;

    public Entry? Find(Guid id) => newest.TryGetValue(id, out var seq) ? At(seq) : null;

    public IEnumerable<Guid> Ids => newest.Keys;

    /// <summary>The seq that a submission was given, if it was carried out.</summary>
    public long? SeqOf(int submission) => carriedOut.TryGetValue(submission, out var seq) ? seq : null;

    public Entry Append(int submission, Entry next)
    {
        var seq = Top + 1;
        var entry = next with { Seq = seq, Revision = (Find(next.Id)?.Revision ?? 0) + 1 };
        if (newest.TryGetValue(entry.Id, out var earlier))
        {
            supersededAt[(int)earlier - 1] = seq;
        }

        changes.Add(entry);
        supersededAt.Add(long.MaxValue);
        newest[entry.Id] = seq;
        carriedOut[submission] = seq;
        return entry;
    }

    /// <summary>What changed after <paramref name="floor"/> and up to <paramref name="top"/>, each entry at its newest of then.</summary>
    public List<Entry> Between(long floor, long top)
    {
        var entries = new List<Entry>();
        for (var seq = floor + 1; seq <= top; seq++)
        {
            if (IsNewestAt(seq, top))
            {
                entries.Add(At(seq));
            }
        }

        return entries;
    }

    /// <summary>The end of the log.</summary>
    public Stretch Recent(int count)
    {
        var all = Between(0, Top);
        return all.Count < count ? new(Feed, Position, 0, all) : new(Feed, Position, all[^count].Seq - 1, all[^count..]);
    }

    /// <summary>The first entries in readers' order, as they stood at <paramref name="top"/>.</summary>
    public List<Entry> Newest(int count, long top)
    {
        var all = Between(0, top);
        all.Sort(Place.Compare);
        return all.Count > count ? all[..count] : all;
    }

    /// <summary>The log that is made from a backup of this one, as it stood at <paramref name="seq"/>.</summary>
    public Log Restored(long seq)
    {
        var restored = new Log(Number + 1);
        foreach (var (submission, at) in carriedOut.Where(submission => submission.Value <= seq).OrderBy(submission => submission.Value))
        {
            restored.Append(submission, At(at));
        }

        return restored;
    }

    private static readonly string[] Epochs = [.. Enumerable.Range(0, 10).Select(number => $"log{number}")];
}
