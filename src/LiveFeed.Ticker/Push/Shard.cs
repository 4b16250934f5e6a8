using System.Collections.Concurrent;
using LiveFeed.Ticker.Receipts;
using LiveFeed.Ticker.Ring;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Push;

/// <summary>
/// A share of this node's readers, and the thread that walks them when a ring moves. A lone change leaves at once; while more
/// come, each walk takes along all that came since the last one began, and each reader is written to once for all of them.
/// </summary>
internal sealed class Shard : IDisposable
{
    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(1);

    // From the beginning of a walk to that of the next: lets a burst gather.
    private static readonly TimeSpan ShortestGap = TimeSpan.FromMilliseconds(4);

    // After a long walk a rest of half its time, so that a node whose readers keep it busy still takes in what is published; not
    // longer than this, for the readers' sake.
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(8);

    private readonly ConcurrentQueue<Action> arrivals = [];
    private readonly ConcurrentQueue<Audience> moved = [];
    private readonly AutoResetEvent woken = new(false);
    private readonly HashSet<PushReader> readers = [];
    private readonly ConcurrentDictionary<FeedRing, Audience> audiences = [];
    private readonly ReaderReceipts receipts;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly long begun;
    private readonly Thread thread;
    private volatile bool stopping;
    private long now;
    private long delivered;

    /// <summary>Begins to serve.</summary>
    public Shard(int number, ReaderReceipts receipts, TimeProvider clock, ILogger log)
    {
        (this.receipts, this.clock, this.log, begun) = (receipts, clock, log, clock.GetTimestamp());
        thread = new Thread(Run) { Name = $"LiveFeed readers {number}", IsBackground = true };
        thread.Start();
    }

    /// <summary>Seconds since the shard began, in steps of about one.</summary>
    public long Now => Volatile.Read(ref now);

    /// <summary>How many changes were delivered.</summary>
    public long Delivered => Interlocked.Read(ref delivered);

    /// <summary>Counts deliveries.</summary>
    public void Count(int changes) => Interlocked.Add(ref delivered, changes);

    /// <summary>Takes a reader in.</summary>
    public void Add(PushReader reader) => arrivals.Enqueue(() => readers.Add(reader));

    /// <summary>Lets a reader go, and its followings with it.</summary>
    public void Remove(PushReader reader) => arrivals.Enqueue(() =>
    {
        readers.Remove(reader);
        foreach (var following in reader.Leave())
        {
            AudienceOf(following).Remove(following);
        }
    });

    /// <summary>Tells a reader of a feed from now on.</summary>
    public void Add(Following following, PushReader reader)
    {
        // Nobody is woken for it: a ring that moves wakes the thread anyway, and arrivals are seen to before each walk.
        var audience = AudienceOf(following);
        arrivals.Enqueue(() => audience.Add(following, reader));
        // The ring may have moved while the following was on its way here.
        reader.Tell();
    }

    /// <summary>Tells a reader of a feed no longer.</summary>
    public void Remove(Following following) => arrivals.Enqueue(() => AudienceOf(following).Remove(following));

    /// <summary>Does something to every reader, soon.</summary>
    public void ForEach(Action<PushReader> doThis)
    {
        arrivals.Enqueue(() => TellEach(doThis));
        woken.Set();
    }

    /// <summary>Counts the readers of feeds where they stand, on the thread that tells them; it takes the place of no walk.</summary>
    public Task CountAsync(IReadOnlyDictionary<FeedRing, Tally> tallies)
    {
        var counted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        arrivals.Enqueue(() =>
        {
            foreach (var (ring, tally) in tallies)
            {
                if (audiences.TryGetValue(ring, out var audience))
                {
                    audience.Count(tally);
                }
            }

            counted.SetResult();
        });
        woken.Set();
        return counted.Task;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stopping = true;
        woken.Set();
        thread.Join();
        foreach (var audience in audiences.Values)
        {
            audience.Dispose();
        }

        woken.Dispose();
    }

    /// <summary>The audience's ring has moved.</summary>
    internal void Moved(Audience audience)
    {
        moved.Enqueue(audience);
        woken.Set();
    }

    // One for each feed that anybody here has followed, for as long as the node runs, as with the rings.
    private Audience AudienceOf(Following following) => audiences.GetOrAdd(following.Ring, ring => new Audience(this, ring, receipts.Of(ring)));

    private void Run()
    {
        var nextTick = clock.GetTimestamp();
        while (!stopping)
        {
            woken.WaitOne(TickEvery);
            SeeToArrivals();
            WalkAll();
            if (clock.GetElapsedTime(nextTick) >= TickEvery)
            {
                nextTick = clock.GetTimestamp();
                Volatile.Write(ref now, (long)clock.GetElapsedTime(begun).TotalSeconds);
                TellEach(reader => reader.Tick());
            }
        }
    }

    private void TellEach(Action<PushReader> doThis)
    {
        foreach (var reader in readers)
        {
            doThis(reader);
        }
    }

    private void SeeToArrivals()
    {
        while (arrivals.TryDequeue(out var arrival))
        {
            arrival();
        }
    }

    private void WalkAll()
    {
        if (moved.IsEmpty)
        {
            return;
        }

        var walk = clock.GetTimestamp();
        for (var waiting = moved.Count; waiting > 0 && moved.TryDequeue(out var audience); waiting--)
        {
            // In this order: a move that comes after the first line brings another walk, and who comes after the second sees
            // by itself what the ring holds.
            audience.Begin();
            SeeToArrivals();
            audience.Walk(Tell);
        }

        var worked = clock.GetElapsedTime(walk);
        var rest = worked / 2 < LongestRest ? worked / 2 : LongestRest;
        Thread.Sleep(worked + rest < ShortestGap ? ShortestGap - worked : rest);
    }

    private void Tell(PushReader reader)
    {
        try
        {
            reader.Tell();
        }
        catch (Exception failure)
        {
            // A reader who goes on without updates would believe that nothing happens; one who is cut off comes back.
            log.LogWarning(failure, "A reader couldn't be told; its connection is cut so that it comes back.");
            reader.Close(CloseReason.Failed);
        }
    }
}
