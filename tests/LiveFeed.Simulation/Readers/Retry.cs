namespace LiveFeed.Simulation.Readers;

/// <summary>retry.ts, with the times that feed-client.ts gives it: full jitter, doubling from 4 s to 60 s.</summary>
internal sealed class Retry(Func<double> random)
{
    private int attempts;

    public TimeSpan Next()
    {
        var bound = Math.Min(60_000, 4_000 * Math.Pow(2, Math.Min(attempts, 16)));
        attempts++;
        return TimeSpan.FromMilliseconds(Math.Floor(random() * bound));
    }

    public void Reset() => attempts = 0;
}
