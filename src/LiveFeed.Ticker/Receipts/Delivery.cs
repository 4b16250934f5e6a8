using LiveFeed.Contracts;

namespace LiveFeed.Ticker.Receipts;

/// <summary>One change on its way to this node's screens. Whoever uses it holds the lock of its <see cref="Deliveries"/>.</summary>
/// <param name="entry">The entry as the change left it.</param>
/// <param name="movedAt">When this node began to push it.</param>
/// <param name="announcedAt">When the fan-out announced it; null when the node found it by itself.</param>
internal sealed class Delivery(Entry entry, DateTimeOffset movedAt, DateTimeOffset? announcedAt)
{
    // A change that stands everywhere is looked after for this long: who is cut off comes back within it. One that doesn't, longer.
    private static readonly TimeSpan Shortly = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(15);

    // The clocks of two machines differ by a little.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(5);

    private readonly Dictionary<int, int> times = [];
    private int pushed;
    private int confirmed;
    private int waiting;

    /// <summary>The change's seq.</summary>
    public long Seq => entry.Seq;

    /// <summary>Whether every ticker is asked to confirm it.</summary>
    public bool IsRetraction => entry.Status is EntryStatus.Retracted;

    /// <summary>Whether it is still to be counted.</summary>
    public bool IsOpen(DateTimeOffset now) => now - movedAt < (waiting > 0 ? Long : Shortly);

    /// <summary>Notes where the screens stand.</summary>
    public void Count(int told, int confirmed, int waiting) =>
        (pushed, this.confirmed, this.waiting) = (Math.Max(pushed, told), confirmed, waiting);

    /// <summary>Notes when it came onto a screen. A time before it was pushed is impossible, and isn't noted.</summary>
    public void Shown(DateTimeOffset at)
    {
        if (announcedAt is { } announced && at >= movedAt - Tolerance)
        {
            var step = ScreenTimes.StepOf((at - announced).TotalMilliseconds);
            times[step] = times.GetValueOrDefault(step) + 1;
        }
    }

    /// <summary>The same for the desk.</summary>
    public ChangeReached Told() =>
        new(entry.Seq, entry.Id, entry.Revision, pushed, confirmed, waiting, new ScreenTimes(new Dictionary<int, int>(times)));
}
