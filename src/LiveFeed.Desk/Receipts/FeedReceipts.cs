using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>What the nodes have reported of one feed.</summary>
internal sealed class FeedReceipts(TimeProvider clock)
{
    // Changes and answers that are remembered.
    private const int Kept = 200;

    // A node tells of its readers every few seconds. After this it is gone, and they are with another.
    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(12);

    private readonly Lock gate = new();
    private readonly Dictionary<string, (FeedReaders Report, long At)> nodes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, Dictionary<string, ChangeReached>> changes = [];
    private readonly Queue<(Guid Id, int Revision, TimeSpan Took)> accepted = [];
    private string? epoch;

    public void Take(string node, FeedReaders report, long now)
    {
        lock (gate)
        {
            if (epoch != report.Epoch)
            {
                // Another log: its seqs begin anew.
                epoch = report.Epoch;
                changes.Clear();
            }

            nodes[node] = (report, now);
            foreach (var change in report.Changes)
            {
                if (!changes.TryGetValue(change.Seq, out var reached))
                {
                    changes[change.Seq] = reached = new(StringComparer.Ordinal);
                }

                reached[node] = change;
            }

            while (changes.Count > Kept)
            {
                changes.Remove(changes.Keys.First());
            }
        }
    }

    public void Accepted(Guid id, int revision, TimeSpan took)
    {
        lock (gate)
        {
            accepted.Enqueue((id, revision, took));
            if (accepted.Count > Kept)
            {
                accepted.Dequeue();
            }
        }
    }

    public IReadOnlyDictionary<string, int> Readers(long now)
    {
        lock (gate)
        {
            Forget(now);
            var readers = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var (partner, count) in nodes.Values.SelectMany(node => node.Report.Readers))
            {
                readers[partner] = readers.GetValueOrDefault(partner) + count;
            }

            return readers;
        }
    }

    public Receipt Find(string feed, Guid id, int revision, long now)
    {
        lock (gate)
        {
            Forget(now);
            var reached = changes.Values.LastOrDefault(nodes => nodes.Values.First() is var change && change.EntryId == id && change.Revision == revision);
            // A node that has gone keeps nobody waiting, and its readers are counted where they are now. What they told stays true.
            var here = reached?.Where(node => nodes.ContainsKey(node.Key)).Select(node => node.Value).ToList() ?? [];
            var times = reached?.Values.Aggregate(ScreenTimes.None, (sum, node) => sum.And(node.Times)) ?? ScreenTimes.None;
            var took = accepted.Where(one => one.Id == id && one.Revision == revision).Select(one => (int?)one.Took.TotalMilliseconds).LastOrDefault();
            return new(
                feed, id, revision, took, nodes.Values.Sum(node => node.Report.Readers.Values.Sum()),
                here.Sum(node => node.Pushed), here.Sum(node => node.Confirmed), here.Sum(node => node.Waiting),
                new(times.Samples, times.Within(0.5), times.Within(0.99)));
        }
    }

    private void Forget(long now)
    {
        foreach (var (node, _) in nodes.Where(one => clock.GetElapsedTime(one.Value.At, now) > Silent).ToList())
        {
            nodes.Remove(node);
        }
    }
}
