using System.Diagnostics;
using System.Globalization;

namespace LiveFeed.Load.Push;

/// <summary>What the machine's processors have done, whoever had them do it.</summary>
internal static class Machine
{
    // What /proc counts in, on every system that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Processor time so far that was not idle.</summary>
    public static TimeSpan Busy
    {
        get
        {
            // user nice system idle iowait irq softirq …
            var spent = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..8]
                .Select(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)).ToArray();
            return TimeSpan.FromSeconds((spent.Sum() - spent[3] - spent[4]) / TicksPerSecond);
        }
    }

    /// <summary>Processor time so far of this process.</summary>
    public static TimeSpan Own => Process.GetCurrentProcess().TotalProcessorTime;
}
