using System.Numerics;

namespace LiveFeed.Load.Push.Readers;

/// <summary>How many deliveries took how long, to within 1.6 %, however many there are.</summary>
internal sealed class Latencies
{
    // 64 steps for each power of two of microseconds.
    private const int Bits = 6;
    private readonly long[] counts = new long[64 << Bits];
    private long total;

    public void Add(TimeSpan time)
    {
        var microseconds = (ulong)Math.Max(0, time.Ticks / TimeSpan.TicksPerMicrosecond);
        var shift = Math.Max(0, BitOperations.Log2(microseconds | 1) - Bits);
        counts[(shift << Bits) + (int)(microseconds >> shift)]++;
        total++;
    }

    /// <summary>The time in milliseconds within which this share of the deliveries was there.</summary>
    public double At(double share)
    {
        var wanted = (long)Math.Ceiling(share * total);
        for (long index = 0, seen = 0; index < counts.Length; index++)
        {
            seen += counts[index];
            if (seen >= wanted && seen > 0)
            {
                var shift = Math.Max(0, (int)(index >> Bits) - 1);
                return ((index - ((long)shift << Bits)) << shift) / 1000.0;
            }
        }

        return double.NaN;
    }
}
