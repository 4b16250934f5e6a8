using System.Diagnostics.Metrics;
using LiveFeed.Ticker.Push;

namespace LiveFeed.Ticker.Admission;

/// <summary>Counts why readers' connections ended, at each of the hub's doors.</summary>
internal sealed class Departures(IMeterFactory meters)
{
    /// <summary>The push's own door.</summary>
    public const string Push = "push";

    /// <summary>SignalR's own door.</summary>
    public const string SignalR = "signalr";

    private readonly Counter<long> ended = meters.Create("LiveFeed.Ticker")
        .CreateCounter<long>("livefeed.readers.ended", description: "Readers' connections that ended, by reason and door.");

    /// <summary>Counts one.</summary>
    public void Count(CloseReason reason, string door) =>
        ended.Add(1, new KeyValuePair<string, object?>("reason", reason.Name), new KeyValuePair<string, object?>("door", door));
}
