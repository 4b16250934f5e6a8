using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;

namespace LiveFeed.Ticker.Admission;

/// <summary>
/// Lets readers in while there is room for them, whichever way they come: the hub's two doors and the event streams. Whoever is
/// turned away is told why and when to come again.
/// </summary>
public sealed class Doorkeeper
{
    private readonly ReaderLimits limits;
    private readonly ConcurrentDictionary<IPAddress, int> byNetwork = [];
    private readonly Counter<long> refused;
    private int readers;
    private volatile bool leaving;

    /// <summary>Opens the doors.</summary>
    public Doorkeeper(ReaderLimits limits, IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        this.limits = limits;
        var meter = meters.Create("LiveFeed.Ticker");
        meter.CreateObservableGauge("livefeed.readers", () => Readers, description: "Readers' connections that are open.");
        refused = meter.CreateCounter<long>("livefeed.readers.refused", description: "Readers that were turned away, by reason.");
    }

    /// <summary>How many readers are in.</summary>
    public int Readers => Volatile.Read(ref readers);

    /// <summary>True when the node goes away: nobody is let in any more.</summary>
    public bool IsLeaving => leaving;

    /// <summary>Lets nobody in any more; another node will.</summary>
    public void Leave() => leaving = true;

    /// <summary>Lets a reader in, until its visit is disposed of.</summary>
    /// <param name="address">Where it comes from.</param>
    /// <param name="refusal">Why it isn't let in, and when to come again; null when it is.</param>
    /// <returns>Its visit; null when it isn't let in.</returns>
    public Visit? TryEnter(ReaderAddress address, out Refusal? refusal)
    {
        refusal = leaving ? Refusal.Leaving : null;
        if (refusal is null && Interlocked.Increment(ref readers) > limits.Readers)
        {
            Interlocked.Decrement(ref readers);
            refusal = Refusal.Full;
        }

        if (refusal is null && !address.IsExempt && byNetwork.AddOrUpdate(address.Network, 1, (_, held) => held + 1) > limits.ReadersPerAddress)
        {
            Exit(address);
            refusal = Refusal.TooManyFromThere;
        }

        return refusal is null ? new Visit(this, address) : null;
    }

    /// <summary>Counts a reader that was turned away.</summary>
    public void Count(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        refused.Add(1, new KeyValuePair<string, object?>("reason", refusal.Name));
    }

    private void Exit(ReaderAddress address)
    {
        Interlocked.Decrement(ref readers);
        if (!address.IsExempt && byNetwork.AddOrUpdate(address.Network, 0, (_, held) => held - 1) <= 0)
        {
            // Only if it is still none: somebody may have come in meanwhile.
            byNetwork.TryRemove(new(address.Network, 0));
        }
    }

    /// <summary>A reader's stay.</summary>
    public sealed class Visit(Doorkeeper keeper, ReaderAddress address) : IDisposable
    {
        private int ended;

        /// <inheritdoc/>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref ended, 1) == 0)
            {
                keeper.Exit(address);
            }
        }
    }
}

/// <summary>Why a reader wasn't let in.</summary>
/// <param name="Name">The name to count it by.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="RetryAfter">In how many seconds to try again.</param>
/// <param name="Detail">The reason in words.</param>
public sealed record Refusal(string Name, int Status, int RetryAfter, string Detail)
{
    /// <summary>The node goes away.</summary>
    public static Refusal Leaving { get; } = new("leaving", 503, 1, "This node is going away; another one answers.");

    /// <summary>The node has as many readers as it takes.</summary>
    public static Refusal Full { get; } = new("full", 503, 5, "This node has as many readers as it takes. Try again in a few seconds.");

    /// <summary>So many come from one address.</summary>
    public static Refusal TooManyFromThere { get; } =
        new("address", 429, 30, "Too many connections come from your address. Close some, or try again later.");
}
