using LiveFeed.Archive;
using LiveFeed.Contracts;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFeed.FanOut;

/// <summary>
/// Takes a submission off its queue, has it carried out in its turn, and answers its writer. What breaks a rule is refused at once.
/// </summary>
public sealed class SubmitEntryConsumer(Lanes lanes, TimeProvider clock) : IConsumer<SubmitEntry>
{
    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<SubmitEntry> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (EntryRules.Check(context.Message, clock.GetUtcNow()) is { } broken)
        {
            await AnswerAsync(context, Outcome.Refused(context.Message, broken));
            return;
        }

        var outcome = await InTurnAsync(context);
        if (!GroupAnswers.AreTakenBy(context))
        {
            await AnswerAsync(context, outcome);
        }
    }

    private static async Task AnswerAsync(ConsumeContext<SubmitEntry> context, Outcome outcome)
    {
        if (context.ResponseAddress is not null)
        {
            await (outcome.Yes is { } yes ? context.RespondAsync(yes) : context.RespondAsync(outcome.No!));
        }
        else if (outcome.No is { } no)
        {
            // Nobody waits for the answer, so nobody would hear the no: the error queue keeps it for the operator.
            throw new SubmissionRefusedException(no);
        }
    }

    private Task<Outcome> InTurnAsync(ConsumeContext<SubmitEntry> context)
    {
        var (lane, place) = lanes.Of(context.ReceiveContext);
        return lane.CarryOutAsync(place, context);
    }
}

/// <summary>How the queues of <see cref="SubmissionQueues"/> are worked off.</summary>
public sealed class SubmitEntryConsumerDefinition : ConsumerDefinition<SubmitEntryConsumer>
{
    private const int AtOnce = 64;

    /// <summary>What makes one of RabbitMQ's queues keep what it was given, and its order; whoever declares one says all of this.</summary>
    public static IReadOnlyDictionary<string, object> QueueArguments { get; } = new Dictionary<string, object>
    {
        // On a majority of the broker's nodes.
        ["x-queue-type"] = "quorum",
        // Of all fan-outs, one at a time.
        ["x-single-active-consumer"] = true,
        // RabbitMQ 4 drops a quorum queue's message after twenty returns; a fan-out that is killed while the database is away
        // returns what it held, and that must not be lost for it.
        ["x-delivery-limit"] = 1_000_000,
    };

    /// <summary>
    /// Makes <paramref name="queue"/> keep what it was given, and its order (<see cref="QueueArguments"/>). Within a consumer <see cref="Lanes"/> puts in order what MassTransit hands on at once.
    /// </summary>
    public static void ConfigureQueue(IReceiveEndpointConfigurator queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        queue.ConfigureConsumeTopology = queue.InputAddress.AbsolutePath.EndsWith(SubmissionQueues.Published, StringComparison.Ordinal);
        if (queue is IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            // All that the broker delivers must be handed on at once, or a lane would wait for what can't come.
            queue.PrefetchCount = AtOnce;
            queue.ConcurrentMessageLimit = AtOnce;
            foreach (var (name, value) in QueueArguments)
            {
                rabbit.SetQueueArgument(name, value);
            }
        }
        else
        {
            queue.ConcurrentMessageLimit = 1;
        }
    }

    /// <inheritdoc/>
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<SubmitEntryConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        ArgumentNullException.ThrowIfNull(endpointConfigurator);
        if (endpointConfigurator is IRabbitMqReceiveEndpointConfigurator)
        {
            endpointConfigurator.ConfigureReceive(receive => receive.UseFilter(new LaneFilter(context.GetRequiredService<Lanes>())));
        }
    }
}

/// <summary>A submission that nobody waits for was refused.</summary>
public sealed class SubmissionRefusedException(EntryRejected no) : Exception($"{no.Reason}: {no.Detail}");
