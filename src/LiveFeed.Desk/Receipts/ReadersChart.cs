using System.Globalization;

namespace LiveFeed.Desk;

/// <summary>A feed's readers as a line over time, and as the table that says the same.</summary>
/// <param name="Begin">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Most">The most readers there were at a time.</param>
/// <param name="Steps">The most readers in each step of it, the first one first.</param>
/// <param name="Partners">Those that readers came by, the one with most first.</param>
public sealed record ReadersChart(DateTimeOffset Begin, DateTimeOffset End, int Most, IReadOnlyList<ReaderMinute> Steps, IReadOnlyList<string> Partners)
{
    /// <summary>The picture's width, in its own units.</summary>
    public const int Width = 600;

    /// <summary>The picture's height, in its own units.</summary>
    public const int Height = 160;

    /// <summary>Draws it.</summary>
    /// <param name="minutes">What was noted; a minute that is missing had no readers.</param>
    /// <param name="now">Where it ends.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="stepMinutes">How many minutes one step of it is.</param>
    public static ReadersChart Of(IReadOnlyList<ReaderMinute> minutes, DateTimeOffset now, TimeSpan length, int stepMinutes)
    {
        var step = stepMinutes * ReaderBook.Minute;
        var last = now.ToUnixTimeMilliseconds() / step;
        var first = last - ((long)length.TotalMilliseconds / step) + 1;
        var noted = minutes.ToLookup(minute => minute.At.ToUnixTimeMilliseconds() / step);
        var steps = Enumerable.Range(0, (int)(last - first) + 1).Select(i => new ReaderMinute(
            DateTimeOffset.FromUnixTimeMilliseconds((first + i) * step),
            // The minute with most of them stands for the step.
            noted[first + i].MaxBy(minute => minute.Readers.Values.Sum())?.Readers ?? new Dictionary<string, int>())).ToList();
        return new(
            steps[0].At, now, steps.Max(Total), steps,
            [.. steps.SelectMany(one => one.Readers).GroupBy(one => one.Key).OrderByDescending(one => one.Max(count => count.Value)).ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Key)]);
    }

    /// <summary>How many there were in all.</summary>
    public static int Total(ReaderMinute step) => step.Readers.Values.Sum();

    /// <summary>The line, as the points of an SVG polyline.</summary>
    public string Points => string.Join(' ', Steps.Select((step, i) => string.Create(
        CultureInfo.InvariantCulture, $"{(double)i * Width / Math.Max(1, Steps.Count - 1):0.#},{Height - ((double)Total(step) * Height / Math.Max(1, Most)):0.#}")));
}
