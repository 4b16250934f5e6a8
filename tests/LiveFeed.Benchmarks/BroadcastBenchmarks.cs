using BenchmarkDotNet.Attributes;
using LiveFeed.Archive.Recent;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Followers;
using LiveFeed.Ticker.Ring;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveFeed.Benchmarks;

/// <summary>From a change in the ring until each of a thousand readers has been told, without what it costs to send.</summary>
[MemoryDiagnoser]
public class BroadcastBenchmarks
{
    private const int Readers = 1_000;
    private readonly Line line = new();
    private Func<EntryChanged, CancellationToken, Task<bool>>? apply;
    private Action? close;
    private long seq;

    [GlobalSetup]
    public void Open()
    {
        seq = RecentEntries.Kept;
        // Without a source: nothing is missing here, so nothing is ever fetched.
        var ring = new FeedRing(Items.Feed, Items.Stretch(RecentEntries.Kept, seq), null!);
        var stop = new CancellationTokenSource();
        for (var i = 0; i < Readers; i++)
        {
            _ = new Follower(ring, null!, line, NullLogger.Instance).RunAsync(ring.State.Top, stop.Token);
        }

        apply = ring.ApplyAsync;
        close = stop.Cancel;
    }

    [GlobalCleanup]
    public void Close() => close!();

    [Benchmark(OperationsPerInvoke = Readers)]
    public async Task Tell()
    {
        line.Expect(Readers);
        await apply!(new EntryChanged(Items.Epoch, Items.Entry(++seq)), CancellationToken.None);
        await line.AllTold;
    }

    private sealed class Line : IReaderLine
    {
        private TaskCompletionSource all = new();
        private int left;

        public Task AllTold => all.Task;

        public void Expect(int readers) => (all, left) = (new(TaskCreationOptions.RunContinuationsAsynchronously), readers);

        public Task UpdatedAsync(Position position, Entry entry, long previous, CancellationToken cancellation)
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                all.SetResult();
            }

            return Task.CompletedTask;
        }

        public Task PositionAsync(Position position, CancellationToken cancellation) => Task.CompletedTask;

        public Task<Position?> AfreshAsync(Position newest, CancellationToken cancellation) => throw new InvalidOperationException("Nobody starts afresh here.");
    }
}
