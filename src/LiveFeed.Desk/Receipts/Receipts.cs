using System.Collections.Concurrent;
using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>What the ticker nodes have reported of their readers, put together. It is held in memory: it tells of now, and of the last changes.</summary>
public sealed class Receipts(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, FeedReceipts> feeds = new(StringComparer.Ordinal);

    /// <summary>The feeds that have readers now, each with how many, by where they stand.</summary>
    public IReadOnlyList<ReadersNow> Readers => [.. feeds.Select(feed => new ReadersNow(feed.Key, feed.Value.Readers(clock.GetTimestamp()))).Where(now => now.Readers.Count > 0)];

    /// <summary>A feed's readers now.</summary>
    public ReadersNow ReadersOf(string feed) =>
        new(feed, feeds.TryGetValue(feed, out var reported) ? reported.Readers(clock.GetTimestamp()) : new Dictionary<string, int>());

    /// <summary>Takes a node's report in.</summary>
    public void Take(ReadersReported report)
    {
        ArgumentNullException.ThrowIfNull(report);
        foreach (var feed in report.Feeds)
        {
            Of(feed.Feed).Take(report.Node, feed, clock.GetTimestamp());
        }
    }

    /// <summary>Notes how long a revision took from the desk to the archive.</summary>
    public void Accepted(Entry entry, TimeSpan took)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Of(entry.Feed).Accepted(entry.Id, entry.Revision, took);
    }

    /// <summary>How far a revision has come. It may be too new to have been reported, or too old to be remembered: then all is none.</summary>
    public Receipt Find(string feed, Guid id, int revision) => Of(feed).Find(feed, id, revision, clock.GetTimestamp());

    private FeedReceipts Of(string feed) => feeds.GetOrAdd(feed, _ => new FeedReceipts(clock));
}
