using System.Diagnostics;

namespace LiveFeed.Load.Push.Situations;

/// <summary>Readers come, and nothing happens.</summary>
internal static class Idle
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    public static void Measure(Trial trial, Notes notes, int readers)
    {
        using var crowd = trial.Invite().Crowd;
        var (memory, cpu, begun) = (trial.Server.Memory, trial.Server.Cpu, Stopwatch.GetTimestamp());
        crowd.Bring(readers);
        notes.Add("all are there after, s", Stopwatch.GetElapsedTime(begun).TotalSeconds);
        crowd.Run(Settle);
        notes.Add("CPU to take in one reader, µs", (trial.Server.Cpu - cpu).TotalMicroseconds / readers);
        // The floor keeps next to nothing outside the kernel, so a ratio would say nothing.
        notes.Add("memory per reader, KiB", (trial.Server.Memory - memory) / readers, hasRatio: false);
    }
}
