using LiveFeed.Archive;
using LiveFeed.Contracts;
using MassTransit;

namespace LiveFeed.FanOut;

/// <summary>
/// Answers a group's writers, each with one message for all that it submitted: on a busy day that is one answer through the
/// broker instead of sixty-four.
/// </summary>
internal static class GroupAnswers
{
    /// <summary>True when the writer takes its answers together.</summary>
    public static bool AreTakenBy(ConsumeContext<SubmitEntry> submission) =>
        submission is { ResponseAddress: not null, RequestId: not null } && submission.IsResponseAccepted<SubmissionsAnswered>(false);

    /// <summary>Sends the answers to those who take them so; the others are answered by the consumer.</summary>
    public static async Task SendAsync(IReadOnlyList<Lane.Waiting> submissions, IReadOnlyList<Outcome> outcomes)
    {
        var writers = submissions.Zip(outcomes, (waiting, outcome) => (waiting.Context, Outcome: outcome))
            .Where(answered => AreTakenBy(answered.Context))
            .GroupBy(answered => answered.Context.ResponseAddress!);
        foreach (var writer in writers)
        {
            var answers = writer.Select(answered => new SubmissionAnswer(answered.Context.RequestId!.Value, answered.Outcome.Yes, answered.Outcome.No));
            var desk = writer.Key.Segments[^1];
            var exchange = await writer.First().Context.GetSendEndpoint(SubmissionsAnswered.Address);
            // Not broken off when the node stops: what is answered stands already, and MassTransit calls a send that is cancelled an error.
            await exchange.Send(
                new SubmissionsAnswered([.. answers]), Pipe.Execute<SendContext<SubmissionsAnswered>>(send => send.SetRoutingKey(desk)), CancellationToken.None);
        }
    }
}
