using LiveFeed.Contracts;
using MassTransit;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Exceptions;

namespace LiveFeed.Desk;

/// <summary>
/// Hands submissions to the broker and waits for what the fan-out says. The broker's word comes first: what it has taken is
/// safe, even when the answer is late.
/// </summary>
public sealed class Submissions(IBus bus, Answers answers, Receipts receipts, TimeProvider clock, ILogger<Submissions> logger)
{
    /// <summary>How long the broker has to take a submission. Without a limit MassTransit keeps it and sends it late, out of order.</summary>
    public static readonly TimeSpan BrokerPatience = TimeSpan.FromSeconds(2);

    /// <summary>How long the fan-out has to answer before a writer is told "accepted, not live yet".</summary>
    public static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(2);

    // The in-memory transport forgets what it carries when the process ends, so nothing may be promised on its word alone.
    private readonly bool brokerKeeps = bus.Address.Scheme.StartsWith("rabbitmq", StringComparison.Ordinal);

    /// <summary>Submits; never throws for a broker or a fan-out that is away. It is always safe to submit the same again.</summary>
    /// <param name="submission">A submission that keeps <see cref="EntryRules"/>.</param>
    /// <param name="cancellation">Stops waiting for the answer; what was handed over stays handed over.</param>
    public async Task<SubmissionResult> SubmitAsync(SubmitEntry submission, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(submission);
        var begun = clock.GetTimestamp();
        using var expected = answers.Expect();
        if (!await TryHandOverAsync(submission, expected.RequestId))
        {
            return new SubmissionResult.Unsure("The broker could not be reached, or did not confirm in time. Whether it has the item is not known.");
        }

        try
        {
            var answer = await expected.Answer.WaitAsync(AnswerPatience, clock, cancellation);
            if (answer is SubmissionResult.Accepted { Answer: { Repeated: false, Entry: var entry } })
            {
                receipts.Accepted(entry, clock.GetElapsedTime(begun));
            }

            return answer;
        }
        catch (TimeoutException) when (brokerKeeps)
        {
            return new SubmissionResult.Pending();
        }
        catch (TimeoutException)
        {
            return new SubmissionResult.Unsure("The fan-out did not answer in time. Whether the item stands is not known.");
        }
    }

    internal static bool IsBrokerAway(Exception failure) =>
        failure is OperationCanceledException or MassTransitException or RabbitMQClientException or TimeoutException or IOException;

    private async Task<bool> TryHandOverAsync(SubmitEntry submission, Guid requestId)
    {
        using var limit = new CancellationTokenSource(BrokerPatience, clock);
        try
        {
            var queue = await bus.GetSendEndpoint(new Uri("exchange:" + SubmissionQueues.For(submission.Feed)));
            await queue.Send(submission, Pipe.Execute<SendContext<SubmitEntry>>(Address), limit.Token);
            return true;
        }
        catch (Exception failure) when (IsBrokerAway(failure))
        {
            logger.LogWarning("The broker did not take submission {Submission}: {Reason}", submission.SubmissionId, failure.Message);
            return false;
        }

        void Address(SendContext<SubmitEntry> context)
        {
            context.RequestId = requestId;
            context.ResponseAddress = answers.Address;
            context.Headers.Set(MessageHeaders.Request.Accept, Answers.Accepted);
            if (context.TryGetPayload(out RabbitMqSendContext? rabbit))
            {
                // Without it RabbitMQ confirms, and drops, what no queue is bound for.
                rabbit.Mandatory = true;
            }
        }
    }
}

/// <summary>What came of a submission.</summary>
public abstract record SubmissionResult
{
    /// <summary>It stands in the archive and is announced.</summary>
    public sealed record Accepted(EntryAccepted Answer) : SubmissionResult;

    /// <summary>It was refused; nothing was stored.</summary>
    public sealed record Rejected(EntryRejected Answer) : SubmissionResult;

    /// <summary>It is safely on the broker; the fan-out will get to it.</summary>
    public sealed record Pending : SubmissionResult;

    /// <summary>Whether it arrived is not known; submitting the same again is safe.</summary>
    public sealed record Unsure(string Why) : SubmissionResult;
}
