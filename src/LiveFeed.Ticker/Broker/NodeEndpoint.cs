using System.Security.Cryptography;
using MassTransit;

namespace LiveFeed.Ticker.Broker;

/// <summary>
/// The queue of this ticker node. Every node gets every change, so each has a queue of its own, which goes away with it: what a
/// node missed while it was away it reads from Redis or the archive.
/// </summary>
public sealed class NodeEndpoint
{
    /// <summary>The queue's name, random for each host.</summary>
    public string Name { get; } = "livefeed-ticker-" + RandomNumberGenerator.GetHexString(8, lowercase: true);

    internal void Configure(IEndpointRegistrationConfigurator queue)
    {
        queue.Name = Name;
        queue.Temporary = true;
        // Anything above one reorders the changes of a feed, and each reordering costs a read of Redis.
        queue.ConcurrentMessageLimit = 1;
        queue.PrefetchCount = 64;
    }
}
