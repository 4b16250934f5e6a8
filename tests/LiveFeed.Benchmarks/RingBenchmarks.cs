using BenchmarkDotNet.Attributes;
using LiveFeed.Archive;
using LiveFeed.Archive.Recent;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Ring;

namespace LiveFeed.Benchmarks;

/// <summary>What a full ring does at a change (Apply), after a hole (Join), for a reader who is level (NextAfter), and for one who comes back (After).</summary>
[MemoryDiagnoser]
public class RingBenchmarks
{
    private const long Top = 10_000;
    private readonly RingState ring = RingState.Of(Items.Stretch(RecentEntries.Kept, Top), RecentEntries.Kept);
    private readonly EntryChanged change = new(Items.Epoch, Items.Entry(Top + 1));
    private readonly Stretch later = Items.Stretch(20, Top + 10);
    private readonly Position level = new(Items.Epoch, Top - 1);

    [Benchmark]
    public RingStep Apply() => ring.Apply(change);

    [Benchmark]
    public RingState? Join() => ring.Join(later);

    [Benchmark]
    public RingNext NextAfter() => ring.NextAfter(level);

    [Benchmark]
    public IReadOnlyList<Entry> After() => ring.After(Top - 20);
}
