namespace LiveFeed.Contracts;

/// <summary>
/// Times to readers' screens, counted in steps of 9 %: those of many nodes add up to one, and no reader's own time is kept.
/// </summary>
/// <param name="Counts">How many there were, by step; see <see cref="StepOf"/>.</param>
public sealed record ScreenTimes(IReadOnlyDictionary<int, int> Counts)
{
    // Steps to a doubling: each is 9 % longer than the one before.
    private const double Fine = 8;

    /// <summary>The longest time that is told apart from longer ones, in milliseconds.</summary>
    public const int Longest = 600_000;

    /// <summary>None yet.</summary>
    public static ScreenTimes None { get; } = new(new Dictionary<int, int>());

    /// <summary>How many there are.</summary>
    public int Samples => Counts.Values.Sum();

    /// <summary>The step that a time falls into.</summary>
    /// <param name="milliseconds">The time; what lies outside 1 to <see cref="Longest"/> counts as that.</param>
    public static int StepOf(double milliseconds) => (int)Math.Round(Math.Log2(Math.Clamp(milliseconds, 1, Longest)) * Fine);

    /// <summary>These and those.</summary>
    public ScreenTimes And(ScreenTimes others)
    {
        ArgumentNullException.ThrowIfNull(others);
        var sum = new Dictionary<int, int>(Counts);
        foreach (var (step, count) in others.Counts)
        {
            sum[step] = sum.GetValueOrDefault(step) + count;
        }

        return new(sum);
    }

    /// <summary>The time within which so large a part of them lies, in milliseconds; null when there are none.</summary>
    /// <param name="part">0.5 for the half, 0.99 for all but one in a hundred.</param>
    public int? Within(double part)
    {
        var wanted = Math.Max(1, (int)Math.Ceiling(Samples * part));
        foreach (var (step, count) in Counts.OrderBy(one => one.Key))
        {
            if ((wanted -= count) <= 0)
            {
                return (int)Math.Round(Math.Pow(2, step / Fine));
            }
        }

        return null;
    }
}
