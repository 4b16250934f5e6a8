using System.Globalization;

namespace LiveFeed.Testing;

/// <summary>Randomness that can be had again: a failed test prints its seed, and <c>LIVEFEED_TEST_SEED</c> replays it.</summary>
public static class Seed
{
    /// <summary>A source of random numbers, whose seed goes to <paramref name="print"/>.</summary>
    public static Random Random(Action<string> print)
    {
        ArgumentNullException.ThrowIfNull(print);
        var seed = int.TryParse(Environment.GetEnvironmentVariable("LIVEFEED_TEST_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : System.Random.Shared.Next();
        print(string.Create(CultureInfo.InvariantCulture, $"LIVEFEED_TEST_SEED={seed}"));
        return new Random(seed);
    }
}
