using LiveFeed.Load.Push.Situations;

namespace LiveFeed.Load.Push;

/// <summary>Something that readers and servers go through.</summary>
/// <param name="Name">As it is chosen on the command line.</param>
/// <param name="Title">As it stands in the table.</param>
/// <param name="Measure">Goes through it and writes down what it cost.</param>
/// <param name="Afresh">Whether it wants servers that nobody has used yet.</param>
/// <param name="Bytes">How long an item is; null for what was asked for.</param>
internal sealed record Situation(string Name, string Title, Action<Trial, Notes> Measure, bool Afresh = false, int? Bytes = null)
{
    public static IReadOnlyList<string> Names { get; } = [.. All(new PushOptions("")).Select(situation => situation.Name)];

    /// <summary>Those that were asked for.</summary>
    public static IReadOnlyList<Situation> Chosen(PushOptions options) =>
        [.. All(options).Where(situation => options.Only?.Contains(situation.Name) != false)];

    private static List<Situation> All(PushOptions options)
    {
        var (many, most) = (options.Readers ?? 5_000, options.Readers ?? 10_000);
        return
        [
            new("idle", $"{most:N0} readers, no items", (trial, notes) => Idle.Measure(trial, notes, most), Afresh: true),
            new("pace", $"{many:N0} readers, 10 items a second", (trial, notes) => Deliveries.Measure(trial, notes, many, 30, 10)),
            new("saturate", $"{many:N0} readers, as fast as accepted", (trial, notes) => Deliveries.Measure(trial, notes, many, 100, 0)),
            new("quiet", $"{most:N0} readers, 2 items a second", (trial, notes) => Deliveries.Measure(trial, notes, most, 8, 2)),
            new("cut", $"{many:N0} readers cut at once", (trial, notes) => CutAndBack.Measure(trial, notes, many)),
            new("stopped", "200 readers, 100 items a second of 7,000 bytes, 20 stop reading", Stopped.Measure, Afresh: true, Bytes: 7_000),
        ];
    }
}
