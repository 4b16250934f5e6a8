using System.Diagnostics.Metrics;
using LiveFeed.Ticker.Admission;
using LiveFeed.Ticker.Receipts;
using LiveFeed.Ticker.Ring;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Push;

/// <summary>The shards of this node, as many as it has cores, and what they have to tell about themselves.</summary>
internal sealed class Shards : IDisposable
{
    private readonly Shard[] shards;
    private readonly Departures departures;
    private long next = -1;

    public Shards(IMeterFactory meters, Departures departures, ReaderReceipts receipts, TimeProvider clock, ILogger<Shards> log)
    {
        this.departures = departures;
        shards = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(number => new Shard(number, receipts, clock, log))];
        meters.Create("LiveFeed.Ticker").CreateObservableCounter("livefeed.push.deliveries", () => shards.Sum(shard => shard.Delivered),
            description: "Changes written to readers' lines.");
    }

    /// <summary>The shard for the next reader.</summary>
    public Shard Next() => shards[(ulong)Interlocked.Increment(ref next) % (ulong)shards.Length];

    /// <summary>Lets a reader go, and counts why.</summary>
    public void Exit(Shard shard, PushReader reader)
    {
        shard.Remove(reader);
        departures.Count(reader.End ?? CloseReason.Gone, Departures.Push);
    }

    /// <summary>Does something to every reader.</summary>
    public void ForEach(Action<PushReader> doThis)
    {
        foreach (var shard in shards)
        {
            shard.ForEach(doThis);
        }
    }

    /// <summary>Counts the readers of feeds into their tallies, one shard after the other.</summary>
    public async Task CountAsync(IReadOnlyDictionary<FeedRing, Tally> tallies, CancellationToken cancellation)
    {
        foreach (var shard in tallies.Count > 0 ? shards : [])
        {
            await shard.CountAsync(tallies).WaitAsync(cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var shard in shards)
        {
            shard.Dispose();
        }
    }
}
