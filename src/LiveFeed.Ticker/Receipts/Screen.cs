using LiveFeed.Contracts;

namespace LiveFeed.Ticker.Receipts;

/// <summary>
/// One open ticker of one feed, as receipts count it. It says where it stands and what it is asked; who the reader is, nobody knows.
/// </summary>
public abstract class Screen
{
    private long confirmed = -1;
    private volatile int every = 1;
    private volatile bool isMonitor;

    /// <summary>Where it stands: a partner's host, or one of the other names in <see cref="FeedReaders"/>.</summary>
    public string Partner { get; init; } = FeedReaders.Programs;

    /// <summary>The seq that it began from: what came before wasn't pushed to it.</summary>
    public abstract long Began { get; }

    /// <summary>The seq that it has been told up to.</summary>
    public abstract long Told { get; }

    /// <summary>The seq up to which everything stands on the screen, by its own word; -1 for one that has never said so.</summary>
    public long Confirmed => Volatile.Read(ref confirmed);

    /// <summary>True for the newsroom's own, which is no reader's.</summary>
    public bool IsMonitor => isMonitor;

    /// <summary>The seq that it isn't behind of.</summary>
    /// <param name="byAll">Whether every ticker is asked to confirm; otherwise only those are that were asked for all.</param>
    public long Reached(bool byAll) => Confirmed >= 0 && (byAll || every == 1) ? Math.Min(Told, Confirmed) : Told;

    /// <summary>Takes its word. It never goes back.</summary>
    internal void Confirm(long seq, Asked asked)
    {
        every = asked.Every;
        for (var before = Confirmed; before < seq; before = Confirmed)
        {
            if (Interlocked.CompareExchange(ref confirmed, seq, before) == before)
            {
                return;
            }
        }
    }

    internal void BeMonitor() => isMonitor = true;

    /// <summary>Goes on where the same ticker stood when it was followed before.</summary>
    internal void GoOnFrom(Screen? former)
    {
        if (former is not null)
        {
            (every, isMonitor) = (former.every, former.isMonitor);
            Volatile.Write(ref confirmed, former.Confirmed);
        }
    }
}
