using LiveFeed.Contracts;
using MassTransit;

namespace LiveFeed.Desk;

/// <summary>Takes the ticker nodes' reports in. Every desk node gets every one.</summary>
public sealed class ReadersReportedConsumer(Receipts receipts) : IConsumer<ReadersReported>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<ReadersReported> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        receipts.Take(context.Message);
        return Task.CompletedTask;
    }
}

/// <summary>Where <see cref="ReadersReportedConsumer"/> gets its messages: a queue of this node's own, beside the one for answers, which wait for nothing.</summary>
public sealed class ReadersReportedConsumerDefinition : ConsumerDefinition<ReadersReportedConsumer>
{
    /// <summary>On a queue that goes with the node.</summary>
    public ReadersReportedConsumerDefinition(Answers answers) => Endpoint(queue =>
    {
        ArgumentNullException.ThrowIfNull(answers);
        queue.Name = $"{answers.Queue}-readers";
        queue.Temporary = true;
        queue.ConcurrentMessageLimit = 1;
        queue.PrefetchCount = 64;
    });
}
