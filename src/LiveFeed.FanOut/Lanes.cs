using System.Runtime.CompilerServices;
using MassTransit;
using MassTransit.RabbitMqTransport;

namespace LiveFeed.FanOut;

/// <summary>
/// Tells messages' places in the order of their queue. MassTransit hands several on at once, in no order; the broker has
/// numbered them (AMQP 0-9-1, delivery tags: 1, 2, 3 … on each channel).
/// </summary>
public sealed class Lanes(SubmissionGroup group, TimeProvider clock)
{
    private readonly ConditionalWeakTable<object, Lane> lanes = [];

    /// <summary>The lane of a message, and its place in it.</summary>
    internal (Lane Lane, ulong Place) Of(ReceiveContext message) =>
        // A channel that breaks takes its numbers with it: what it held comes again on the next one, which has a lane of its own.
        message is RabbitMqReceiveContext rabbit && message.TryGetPayload(out ChannelContext? channel)
            ? (lanes.GetValue(channel, _ => new Lane(group, clock)), rabbit.DeliveryTag)
            // In memory there is one at a time, so each is the next.
            : (new Lane(group, clock), 1);
}

/// <summary>Tells the lane that a message is done with, whatever became of it: unreadable ones must not hold up those behind.</summary>
internal sealed class LaneFilter(Lanes lanes) : IFilter<ReceiveContext>
{
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        try
        {
            await next.Send(context);
        }
        finally
        {
            var (lane, place) = lanes.Of(context);
            lane.Pass(place);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("lane");
}
