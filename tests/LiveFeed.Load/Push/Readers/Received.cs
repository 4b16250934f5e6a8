using System.Diagnostics;

namespace LiveFeed.Load.Push.Readers;

/// <summary>What came of one run of items at all readers, and what didn't come as it should.</summary>
/// <param name="first">The number of the run's first item.</param>
internal sealed class Received(long first)
{
    public Latencies Latencies { get; } = new();

    /// <summary>Items that a reader got and didn't have yet.</summary>
    public long Count { get; private set; }

    public long Doubled { get; private set; }

    public long Reordered { get; private set; }

    /// <summary>When the last one came (<see cref="Stopwatch"/>'s ticks).</summary>
    public long LastAt { get; private set; }

    /// <summary>The bytes of the last message.</summary>
    public int Bytes { get; private set; }

    /// <summary>Takes in what a reader got. What an earlier run left behind isn't of this one.</summary>
    public void Take(Reader reader, Mark mark, int bytes, long now)
    {
        if (mark.Number < first)
        {
            return;
        }

        switch (reader.Place.Take(mark.Number))
        {
            case Order.Doubled:
                Doubled++;
                return;
            case Order.Late:
                Reordered++;
                break;
        }

        Count++;
        LastAt = now;
        Bytes = bytes;
        Latencies.Add(Stopwatch.GetElapsedTime(mark.At, now));
    }
}
