using LiveFeed.Archive;
using LiveFeed.Archive.Databases;
using LiveFeed.Contracts;
using MassTransit;

namespace LiveFeed.FanOut;

/// <summary>
/// Turns what a writer submitted into a change that readers see: appended to the feed's log, remembered for those who join,
/// announced to the tickers, answered. Each step may run again after a crash and changes nothing the second time.
/// </summary>
public sealed class SubmitEntryConsumer(FeedLog log, EntryWriter writer, RecentChanges recent, TimeProvider clock) : IConsumer<SubmitEntry>
{
    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<SubmitEntry> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var submission = context.Message;
        var outcome = await CarryOutAsync(submission, context.CancellationToken);

        if (outcome.Change is { } change)
        {
            await recent.RememberAsync(change);
            await context.Publish(change, context.CancellationToken);
        }

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

    private async Task<Outcome> CarryOutAsync(SubmitEntry submission, CancellationToken cancellation)
    {
        if (EntryRules.Check(submission, clock.GetUtcNow()) is { } broken)
        {
            return Refused(submission, broken);
        }

        try
        {
            return await log.AppendAsync(submission, (feed, newest) => writer.Write(submission, feed, newest), cancellation);
        }
        catch (BrokenRuleException refused)
        {
            return Refused(submission, refused.Broken);
        }
    }

    private static Outcome Refused(SubmitEntry submission, BrokenRule broken) =>
        new(null, null, new EntryRejected(submission.SubmissionId, RejectionReason.Invalid, broken.Rule) { Field = broken.Field });
}

/// <summary>How the queues of <see cref="SubmissionQueues"/> are worked off.</summary>
public sealed class SubmitEntryConsumerDefinition : ConsumerDefinition<SubmitEntryConsumer>
{
    /// <summary>
    /// Makes <paramref name="queue"/> keep what it was given, and its order: durable on a majority of nodes, one consumer of all
    /// nodes at a time, one message at a time. With any of these relaxed, MassTransit reorders.
    /// </summary>
    public static void ConfigureQueue(IReceiveEndpointConfigurator queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        queue.ConcurrentMessageLimit = 1;
        queue.PrefetchCount = 32;
        queue.ConfigureConsumeTopology = queue.InputAddress.AbsolutePath.EndsWith(SubmissionQueues.Published, StringComparison.Ordinal);
        if (queue is IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            rabbit.SetQuorumQueue();
            rabbit.SingleActiveConsumer = true;
            // RabbitMQ 4 drops a quorum queue's message after twenty returns; a fan-out that is killed while the database is away
            // returns what it held, and that must not be lost for it.
            rabbit.SetQueueArgument("x-delivery-limit", 1_000_000);
        }
    }

    /// <inheritdoc/>
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<SubmitEntryConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        ArgumentNullException.ThrowIfNull(endpointConfigurator);
        // While the database is away, what was accepted waits in its place. Anything else won't get better by trying again.
        endpointConfigurator.UseMessageRetry(retry => retry
            .Exponential(int.MaxValue, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(200))
            .Handle<Exception>(ArchiveDatabase.IsPassing));
    }
}

/// <summary>A submission that nobody waits for was refused.</summary>
public sealed class SubmissionRefusedException(EntryRejected no) : Exception($"{no.Reason}: {no.Detail}");
