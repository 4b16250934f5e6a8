using LiveFeed.Archive;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Partners;
using LiveFeed.Ticker.Ring;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Broker;

/// <summary>
/// Keeps the descriptions of the feeds up to date. It reads the archive rather than the message: two announcements may arrive in
/// the wrong order, and the older title must not win.
/// </summary>
internal sealed class FeedChangedConsumer(Rings rings, Feeds feeds, PartnerWatch watch, ILogger<FeedChangedConsumer> log) : IConsumer<FeedChanged>
{
    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<FeedChanged> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var slug = context.Message.Feed.Slug;
        try
        {
            if (await rings.FindLoadedAsync(slug, context.CancellationToken) is { } ring
                && await feeds.FindAsync(slug, context.CancellationToken) is { } feed)
            {
                ring.Describe(feed);
                await watch.LookAsync(context.CancellationToken);
            }
        }
        catch (Exception failure) when (!context.CancellationToken.IsCancellationRequested)
        {
            log.LogWarning(failure, "The feed {Feed} couldn't be read anew; the regular comparison will.", slug);
        }
    }
}

/// <summary>Where <see cref="FeedChangedConsumer"/> gets its messages.</summary>
internal sealed class FeedChangedConsumerDefinition : ConsumerDefinition<FeedChangedConsumer>
{
    /// <summary>On the node's own queue.</summary>
    public FeedChangedConsumerDefinition(NodeEndpoint queue) => Endpoint((queue ?? throw new ArgumentNullException(nameof(queue))).Configure);
}
