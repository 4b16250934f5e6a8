using LiveFeed.Contracts;
using LiveFeed.Ticker.Partners;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Broker;

/// <summary>Has the list of partners read anew. The archive says what it is, whatever order the announcements come in.</summary>
internal sealed class PartnersChangedConsumer(PartnerWatch watch, ILogger<PartnersChangedConsumer> log) : IConsumer<PartnersChanged>
{
    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<PartnersChanged> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            await watch.LookAsync(context.CancellationToken);
        }
        catch (Exception failure) when (!context.CancellationToken.IsCancellationRequested)
        {
            log.LogWarning(failure, "The partners couldn't be read anew; the next regular look will.");
        }
    }
}

/// <summary>Where <see cref="PartnersChangedConsumer"/> gets its messages.</summary>
internal sealed class PartnersChangedConsumerDefinition : ConsumerDefinition<PartnersChangedConsumer>
{
    /// <summary>On the node's own queue.</summary>
    public PartnersChangedConsumerDefinition(NodeEndpoint queue) => Endpoint((queue ?? throw new ArgumentNullException(nameof(queue))).Configure);
}
