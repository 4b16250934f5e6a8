using System.Collections.Concurrent;
using LiveFeed.Contracts;
using MassTransit;

namespace LiveFeed.Desk;

/// <summary>The fan-out's answers to what this desk node submitted, brought to whoever waits for them.</summary>
public sealed class Answers
{
    /// <summary>The forms in which this desk takes an answer, as MassTransit's accept header tells them.</summary>
    internal static readonly string[] Accepted =
        [MessageUrn.ForTypeString<SubmissionsAnswered>(), MessageUrn.ForTypeString<EntryAccepted>(), MessageUrn.ForTypeString<EntryRejected>()];

    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<SubmissionResult>> waiting = [];

    /// <summary>The name of this node's own queue for answers; it goes with the node.</summary>
    public string Queue { get; } = $"livefeed-desk-{Guid.NewGuid():N}"[..22];

    /// <summary>Where the fan-out sends answers.</summary>
    public Uri Address => new($"exchange:{Queue}?temporary=true");

    /// <summary>Expects an answer, until the result is disposed.</summary>
    public Expected Expect() => new(this);

    internal void Bring(Guid? requestId, SubmissionResult answer)
    {
        // An answer that comes after its writer has stopped waiting is no loss: the writer asks again with the same id.
        if (requestId is { } id && waiting.TryGetValue(id, out var waiter))
        {
            waiter.TrySetResult(answer);
        }
    }

    /// <summary>An answer that is on its way.</summary>
    public sealed class Expected : IDisposable
    {
        private readonly Answers answers;
        private readonly TaskCompletionSource<SubmissionResult> arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Expected(Answers answers)
        {
            this.answers = answers;
            answers.waiting[RequestId] = arrived;
        }

        /// <summary>Tells this answer from others.</summary>
        public Guid RequestId { get; } = Guid.NewGuid();

        /// <summary>The answer.</summary>
        public Task<SubmissionResult> Answer => arrived.Task;

        /// <inheritdoc/>
        public void Dispose() => answers.waiting.TryRemove(RequestId, out _);
    }
}

/// <summary>Takes the fan-out's answers off this node's queue.</summary>
public sealed class AnswersConsumer(Answers answers) : IConsumer<SubmissionsAnswered>, IConsumer<EntryAccepted>, IConsumer<EntryRejected>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<SubmissionsAnswered> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var (requestId, yes, no) in context.Message.Answers)
        {
            answers.Bring(requestId, yes is null ? new SubmissionResult.Rejected(no!) : new SubmissionResult.Accepted(yes));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Consume(ConsumeContext<EntryAccepted> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        answers.Bring(context.RequestId, new SubmissionResult.Accepted(context.Message));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Consume(ConsumeContext<EntryRejected> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        answers.Bring(context.RequestId, new SubmissionResult.Rejected(context.Message));
        return Task.CompletedTask;
    }
}

/// <summary>Where <see cref="AnswersConsumer"/> gets its messages: a queue of this node's own.</summary>
public sealed class AnswersConsumerDefinition : ConsumerDefinition<AnswersConsumer>
{
    private readonly Answers answers;

    /// <summary>On the queue that <paramref name="answers"/> names.</summary>
    public AnswersConsumerDefinition(Answers answers)
    {
        this.answers = answers;
        Endpoint(queue =>
        {
            queue.Name = answers.Queue;
            queue.Temporary = true;
            // Answers are sent to this desk alone; what others publish is not for it.
            queue.ConfigureConsumeTopology = false;
            queue.PrefetchCount = 64;
        });
    }

    /// <inheritdoc/>
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<AnswersConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        if (endpointConfigurator is IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            rabbit.Bind(SubmissionsAnswered.Exchange, answered =>
            {
                answered.ExchangeType = "direct";
                answered.RoutingKey = answers.Queue;
            });
        }
        else if (endpointConfigurator is IInMemoryReceiveEndpointConfigurator memory)
        {
            // One desk, and it is in the same process as the fan-out.
            memory.Bind(SubmissionsAnswered.Exchange);
        }
    }
}
