using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.EndToEnd.Tests.Readers;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFeed.EndToEnd.Tests.Strangers;

/// <summary>What a node has counted since this was made, by reason.</summary>
public sealed class Counted : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, long> counts = [];

    private Counted(Node node, string name, string? door = null)
    {
        // Other nodes of this process count as well, each in its own factory's meters.
        var factory = node.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == name && instrument.Meter.Scope == factory)
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            if (door is null || tags.Contains(new("door", door)))
            {
                counts.AddOrUpdate((string)tags[0].Value!, count, (_, before) => before + count);
            }
        });
        listener.Start();
    }

    /// <summary>Connections at one of the hub's doors that ended.</summary>
    public static Counted Ended(Node node, Door door = Door.Plain) => new(node, "livefeed.readers.ended", door is Door.Plain ? "push" : "signalr");

    /// <summary>Calls of Follow that were refused, at any door.</summary>
    public static Counted RefusedFollows(Node node) => new(node, "livefeed.follows.refused");

    /// <summary>Readers that were turned away at any door.</summary>
    public static Counted Refused(Node node) => new(node, "livefeed.readers.refused");

    /// <summary>Pictures that the desk refused.</summary>
    public static Counted RefusedPictures(Node node) => new(node, "livefeed.pictures.refused");

    public long Of(string reason) => counts.GetValueOrDefault(reason);

    public override string ToString() => string.Join(", ", counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Value} {count.Key}"));

    public void Dispose() => listener.Dispose();
}
