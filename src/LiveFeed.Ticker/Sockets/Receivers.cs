using LiveFeed.Ticker.Push;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Sockets;

/// <summary>The receivers of this node, as many as it has cores.</summary>
internal sealed class Receivers(TimeProvider clock, ILogger<Receivers> log) : IDisposable
{
    private readonly Receiver[] receivers =
        [.. Enumerable.Range(0, Environment.ProcessorCount).Select(number => new Receiver(number, TimeSpan.FromSeconds(Patience.Handshake), clock, log))];

    private long next = -1;

    /// <summary>The receiver for the next line.</summary>
    public Receiver Next() => receivers[(ulong)Interlocked.Increment(ref next) % (ulong)receivers.Length];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var receiver in receivers)
        {
            receiver.Dispose();
        }
    }
}
