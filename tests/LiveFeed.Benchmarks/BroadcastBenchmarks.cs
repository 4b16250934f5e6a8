using BenchmarkDotNet.Attributes;
using LiveFeed.Archive.Recent;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Hub;
using LiveFeed.Ticker.Push;
using LiveFeed.Ticker.Ring;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace LiveFeed.Benchmarks;

/// <summary>
/// From a change in the ring until each of a thousand readers has its frame, without what it costs to send: that is most of a
/// walk, and <c>infra/bench push</c> measures it.
/// </summary>
[MemoryDiagnoser]
public class BroadcastBenchmarks
{
    private const int Readers = 1_000;
    private readonly Backlog[] readers = [.. Enumerable.Range(0, Readers).Select(_ => new Backlog())];
    private Func<EntryChanged, CancellationToken, Task<bool>>? apply;
    private long seq = RecentEntries.Kept;

    [GlobalSetup]
    public void Open()
    {
        // Its source has nothing to ask: nothing is missing here, so nothing is ever fetched.
        var ring = new FeedRing(Items.Feed, Items.Stretch(RecentEntries.Kept, seq), new RingSource(null!, null!));
        apply = ring.ApplyAsync;
        var batches = new Batches(Items.Feed.Slug, new HubMessages(), new JsonHubProtocol());
        foreach (var reader in readers)
        {
            reader.Start(new Following(ring, batches, ring.State.Top));
        }
    }

    [Benchmark(OperationsPerInvoke = Readers)]
    public async Task<int> Tell()
    {
        await apply!(new EntryChanged(Items.Epoch, Items.Entry(++seq)), CancellationToken.None);
        var told = 0;
        foreach (var reader in readers)
        {
            while (reader.TakeNext(out var changes) is not null)
            {
                told += changes;
            }
        }

        return told == Readers ? told : throw new InvalidOperationException($"{told} of {Readers} readers were told.");
    }
}
