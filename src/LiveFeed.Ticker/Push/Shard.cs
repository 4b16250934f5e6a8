using System.Collections.Concurrent;
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

    // Between the beginnings of two walks: at least the shortest gap, which lets a burst gather; and as much rest as work, so that
    // a node whose readers keep it busy still takes in what is published. Not longer than the longest, for the readers' sake.
    private static readonly TimeSpan ShortestGap = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan LongestGap = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentQueue<Action> arrivals = [];
    private readonly ConcurrentQueue<Audience> moved = [];
    private readonly AutoResetEvent woken = new(false);
    private readonly List<PushReader> readers = [];
    private readonly Dictionary<FeedRing, Audience> audiences = [];
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly long begun;
    private readonly Thread thread;
    private volatile bool stopping;
    private long now;
    private long delivered;

    /// <summary>Begins to serve.</summary>
    public Shard(int number, TimeProvider clock, ILogger log)
    {
        (this.clock, this.log, begun) = (clock, log, clock.GetTimestamp());
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
    public void Add(PushReader reader) => Arrange(() =>
    {
        reader.Place = readers.Count;
        readers.Add(reader);
    });

    /// <summary>Lets a reader go, and its followings with it.</summary>
    public void Remove(PushReader reader) => Arrange(() =>
    {
        readers[reader.Place] = readers[^1];
        readers[reader.Place].Place = reader.Place;
        readers.RemoveAt(readers.Count - 1);
        foreach (var following in reader.Leave())
        {
            Leave(following);
        }
    });

    /// <summary>Tells a reader of a feed from now on.</summary>
    public void Add(Following following) => Arrange(() =>
    {
        if (!audiences.TryGetValue(following.Ring, out var audience))
        {
            audience = new Audience(this, following.Ring);
            audiences.Add(following.Ring, audience);
        }

        audience.Add(following);
        // The ring may have moved before the shard knew of this one.
        Tell(following.Reader);
    });

    /// <summary>Tells a reader of a feed no longer.</summary>
    public void Remove(Following following) => Arrange(() => Leave(following));

    /// <summary>Does something to every reader, a second at most after it was asked for.</summary>
    public void ForEach(Action<PushReader> doThis) => Arrange(() => readers.ForEach(doThis));

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

    private void Arrange(Action arrival)
    {
        arrivals.Enqueue(arrival);
        woken.Set();
    }

    private void Leave(Following following)
    {
        if (audiences.TryGetValue(following.Ring, out var audience) && audience.Remove(following))
        {
            audiences.Remove(following.Ring);
            audience.Dispose();
        }
    }

    private void Run()
    {
        var nextTick = clock.GetTimestamp();
        while (!stopping)
        {
            woken.WaitOne(TickEvery);
            while (arrivals.TryDequeue(out var arrival))
            {
                arrival();
            }

            WalkAll();
            if (clock.GetElapsedTime(nextTick) >= TickEvery)
            {
                nextTick = clock.GetTimestamp();
                Volatile.Write(ref now, (long)clock.GetElapsedTime(begun).TotalSeconds);
                readers.ForEach(reader => reader.Tick());
            }
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
            audience.Walk(Tell);
        }

        var worked = clock.GetElapsedTime(walk);
        var gap = worked * 2 < ShortestGap ? ShortestGap : worked * 2 < LongestGap ? worked * 2 : LongestGap;
        if (gap > worked)
        {
            Thread.Sleep(gap - worked);
        }
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
