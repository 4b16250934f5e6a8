using LiveFeed.Contracts;
using LiveFeed.Ticker.Ring;

namespace LiveFeed.Ticker.Receipts;

/// <summary>A feed's last changes on their way to this node's screens, from when somebody here has first followed it.</summary>
internal sealed class Deliveries
{
    // More at once are a rush: the oldest of them are given up, as those after them say the same.
    private const int Most = 64;

    // From so many readers on, some are enough to tell how long it takes.
    private const int Few = 100;
    private const int Share = 20;

    private readonly FeedRing ring;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly List<Delivery> open = [];
    private Position top;
    private (long Seq, DateTimeOffset At) announced;
    private IReadOnlyDictionary<string, int> readers = new Dictionary<string, int>();
    private FeedReaders? reported;
    private int moved = 1;

    public Deliveries(FeedRing ring, TimeProvider clock)
    {
        (this.ring, this.clock, top) = (ring, clock, ring.State.Top);
        ring.MovedOn += Moved;
    }

    /// <summary>A screen came, left, or is another's.</summary>
    public void ScreensMoved() => Volatile.Write(ref moved, 1);

    /// <summary>The change that is about to come into the ring was announced then.</summary>
    public void Announced(long seq, DateTimeOffset at)
    {
        lock (gate)
        {
            announced = (seq, at);
        }
    }

    /// <summary>What screens are asked to confirm, as many as they are now.</summary>
    public Asked Asked
    {
        get
        {
            var count = readers.Values.Sum();
            return count < Few ? new(1, 0) : new(Math.Max(Share, count / Few), Math.Clamp(count / 10, 1_000, 5_000));
        }
    }

    /// <summary>A screen says that everything up to <paramref name="seq"/> stands on it.</summary>
    /// <param name="screen">The screen.</param>
    /// <param name="seq">Up to where.</param>
    /// <param name="shown">Which changes came onto it just now: those after this seq; null for none.</param>
    /// <param name="at">When they did.</param>
    public Asked Confirm(Screen screen, long seq, long? shown, DateTimeOffset at)
    {
        // It can't have seen what it hasn't been told.
        seq = Math.Min(seq, screen.Told);
        var before = screen.Confirmed;
        var asked = Asked;
        screen.Confirm(seq, asked);
        if (shown is { } from && !screen.IsMonitor)
        {
            lock (gate)
            {
                from = Math.Max(Math.Max(from, before), screen.Began);
                foreach (var delivery in open.Where(one => one.Seq > from && one.Seq <= seq))
                {
                    delivery.Shown(at);
                }
            }
        }

        return asked;
    }

    /// <summary>A walk to count with; null when nothing has changed since the last one.</summary>
    public Tally? Begin()
    {
        lock (gate)
        {
            open.RemoveAll(delivery => !delivery.IsOpen(clock.GetUtcNow()));
            return Interlocked.Exchange(ref moved, 0) == 1 || open.Count > 0 ? new([.. open.Select(delivery => delivery.Seq)]) : null;
        }
    }

    /// <summary>Takes in what was counted, and tells what is new in it; null for nothing.</summary>
    public FeedReaders? End(Tally tally)
    {
        lock (gate)
        {
            readers = tally.Readers;
            for (var i = 0; i < tally.Seqs.Count; i++)
            {
                if (open.Find(one => one.Seq == tally.Seqs[i]) is { } delivery)
                {
                    var (told, confirmed, waiting) = tally.At(i, delivery.IsRetraction);
                    delivery.Count(told, confirmed, waiting);
                }
            }

            var report = new FeedReaders(ring.Feed.Slug, top.Epoch, readers, [.. open.Select(delivery => delivery.Told())]);
            var isNew = reported is null || !IsSame(report, reported);
            reported = report;
            return isNew ? report : null;
        }
    }

    /// <summary>The last report again, without what is over, for a desk that has just come; null where there is nobody.</summary>
    public FeedReaders? Again() => reported is { Readers.Count: > 0 } last ? last : null;

    private static bool IsSame(FeedReaders one, FeedReaders other) =>
        one.Epoch == other.Epoch
        && one.Readers.Count == other.Readers.Count && one.Readers.All(reader => other.Readers.GetValueOrDefault(reader.Key) == reader.Value)
        && one.Changes.Select(Figures).SequenceEqual(other.Changes.Select(Figures));

    private static (long, int, int, int, int) Figures(ChangeReached change) =>
        (change.Seq, change.Pushed, change.Confirmed, change.Waiting, change.Times.Samples);

    // By whoever moves the ring.
    private void Moved()
    {
        var state = ring.State;
        var now = clock.GetUtcNow();
        lock (gate)
        {
            if (state.Top.Epoch != top.Epoch || !state.Reaches(top.Seq))
            {
                open.Clear();
            }
            else
            {
                open.AddRange(state.After(top.Seq).Select(entry => new Delivery(entry, now, announced.Seq == entry.Seq ? announced.At : null)));
            }

            top = state.Top;
            if (open.Count > Most)
            {
                open.RemoveRange(0, open.Count - Most);
            }
        }
    }
}
