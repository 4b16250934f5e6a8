using LiveFeed.Contracts;
using LiveFeed.Ticker.Receipts;
using LiveFeed.Ticker.Ring;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Broker;

/// <summary>Brings each change into the ring of its feed. Feeds that nobody on this node has asked for are let pass.</summary>
public sealed class EntryChangedConsumer(Rings rings, ReaderReceipts receipts, TimeProvider clock, ILogger<EntryChangedConsumer> log) : IConsumer<EntryChanged>
{
    // A hole is filled before the next change is looked at; an archive that hangs must not hold up every other feed.
    private static readonly TimeSpan ApplyLimit = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<EntryChanged> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var change = context.Message;
        using var limit = new CancellationTokenSource(ApplyLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.CancellationToken);
        try
        {
            if (await rings.FindLoadedAsync(change.Entry.Feed, either.Token) is not { } ring)
            {
                return;
            }

            // The fan-out sends it as soon as it stands in the archive.
            receipts.Find(ring)?.Announced(change.Entry.Seq, context.SentTime ?? clock.GetUtcNow().UtcDateTime);
            if (!await ring.ApplyAsync(change, either.Token))
            {
                log.LogWarning("The change {Seq} of {Feed} doesn't join on to {Top}; the regular comparison will bring it.",
                    change.Entry.Seq, change.Entry.Feed, ring.State.Top);
            }
        }
        catch (Exception failure) when (!context.CancellationToken.IsCancellationRequested)
        {
            // Redelivery would bring nothing that the archive doesn't have: the comparison heals it within seconds.
            log.LogWarning(failure, "The change {Seq} of {Feed} couldn't be taken in; the regular comparison will bring it.",
                change.Entry.Seq, change.Entry.Feed);
        }
    }
}

/// <summary>Where <see cref="EntryChangedConsumer"/> gets its messages.</summary>
public sealed class EntryChangedConsumerDefinition : ConsumerDefinition<EntryChangedConsumer>
{
    /// <summary>On the node's own queue.</summary>
    public EntryChangedConsumerDefinition(NodeEndpoint queue) => Endpoint((queue ?? throw new ArgumentNullException(nameof(queue))).Configure);
}
