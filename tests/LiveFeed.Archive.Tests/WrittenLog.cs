using LiveFeed.Contracts;

namespace LiveFeed.Archive.Tests;

/// <summary>A feed's log as a list, which knows what every answer about it should be.</summary>
internal sealed class WrittenLog(string feed, string epoch = "first")
{
    private readonly List<EntryChanged> changes = [];

    public IReadOnlyList<EntryChanged> Changes => changes;

    public static WrittenLog Random(string feed, Random random, int changes, string epoch = "first")
    {
        var log = new WrittenLog(feed, epoch);
        for (var n = 1; n <= changes; n++)
        {
            if (n == 1 || random.Next(2) == 0)
            {
                log.Publish($"Item {n}");
            }
            else
            {
                log.Change(log.changes[random.Next(log.changes.Count)], $"Changed by {n}");
            }
        }

        return log;
    }

    public Position At(long seq) => new(epoch, seq);

    public EntryChanged Publish(string headline) => Add(Guid.CreateVersion7(), headline);

    public EntryChanged Change(EntryChanged earlier, string headline) => Add(earlier.Entry.Id, headline);

    /// <summary>What changed after <paramref name="floor"/>, as it stood at <paramref name="top"/>.</summary>
    public Stretch Stretch(int floor, int top) => new(
        feed,
        At(top),
        floor,
        [.. changes.Take(top).GroupBy(change => change.Entry.Id).Select(states => states.Last().Entry)
            .Where(entry => entry.Seq > floor).OrderBy(entry => entry.Seq)]);

    private EntryChanged Add(Guid id, string headline)
    {
        var change = new EntryChanged(epoch, new Entry
        {
            Id = id,
            Feed = feed,
            Seq = changes.Count + 1,
            Revision = changes.Count(earlier => earlier.Entry.Id == id) + 1,
            Status = EntryStatus.Live,
            Headline = headline,
            PublishedAt = DateTimeOffset.UnixEpoch,
        });
        changes.Add(change);
        return change;
    }
}
