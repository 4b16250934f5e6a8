using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Push;

/// <summary>The shards of this node, as many as it has cores, and what they have to tell about themselves.</summary>
internal sealed class Shards : IDisposable
{
    private readonly Shard[] shards;
    private readonly Counter<long> ended;
    private long next = -1;

    public Shards(IMeterFactory meters, TimeProvider clock, ILogger<Shards> log)
    {
        shards = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(number => new Shard(number, clock, log))];
        var meter = meters.Create("LiveFeed.Ticker");
        meter.CreateObservableCounter("livefeed.push.deliveries", () => shards.Sum(shard => shard.Delivered),
            description: "Changes written to readers' lines.");
        ended = meter.CreateCounter<long>("livefeed.push.ended", description: "Readers' connections that ended, by reason.");
    }

    /// <summary>The shard for the next reader.</summary>
    public Shard Next() => shards[(ulong)Interlocked.Increment(ref next) % (ulong)shards.Length];

    /// <summary>Counts a connection that ended.</summary>
    public void Count(CloseReason reason) => ended.Add(1, new KeyValuePair<string, object?>("reason", reason.Name));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var shard in shards)
        {
            shard.Dispose();
        }
    }
}
