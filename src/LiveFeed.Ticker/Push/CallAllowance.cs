namespace LiveFeed.Ticker.Push;

/// <summary>
/// How many messages a reader may send: a supply that fills up again with time (a token bucket). A page with twenty feeds that
/// comes back needs twenty at once, and a ping every 15 s after that.
/// </summary>
internal sealed class CallAllowance
{
    private const int Most = 100;
    private const int ASecond = 10;

    private int left = Most;
    private long filledAt;

    /// <summary>Takes one off. False when there is none left.</summary>
    /// <param name="now">In seconds, of any clock that doesn't go back.</param>
    public bool Takes(long now)
    {
        left = (int)Math.Min(Most, left + ((now - filledAt) * ASecond));
        filledAt = now;
        return left > 0 && left-- > 0;
    }
}
