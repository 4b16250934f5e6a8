using LiveFeed.Archive;
using LiveFeed.Archive.Databases;
using LiveFeed.Contracts;
using LiveFeed.Rendering;
using MassTransit;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Exceptions;

namespace LiveFeed.FanOut;

/// <summary>
/// Submissions that are carried out together: appended to the log in one transaction, remembered for those who join, announced
/// to the tickers, answered. Each step may run again after a crash and changes nothing the second time.
/// </summary>
public sealed class SubmissionGroup(FeedLog log, EntryWriter writer, RecentChanges recent, TimeProvider clock, ILogger<SubmissionGroup> logger)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    /// <summary>Carries them out and tells each what came of it. It doesn't throw; what goes wrong is told to them.</summary>
    internal async Task CarryOutAsync(IReadOnlyList<Lane.Waiting> submissions)
    {
        try
        {
            var outcomes = await PatientlyAsync(submissions);
            for (var i = 0; i < submissions.Count; i++)
            {
                submissions[i].Outcome.SetResult(outcomes[i]);
            }
        }
        catch (Exception) when (submissions.Count > 1)
        {
            // One of them can't be carried out; by themselves, only that one fails.
            foreach (var submission in submissions)
            {
                await CarryOutAsync([submission]);
            }
        }
        catch (Exception failure)
        {
            submissions[0].Outcome.SetException(failure);
        }
    }

    // While the archive or the broker is away, what was accepted waits in its place.
    private async Task<IReadOnlyList<Outcome>> PatientlyAsync(IReadOnlyList<Lane.Waiting> submissions)
    {
        var stopping = submissions[0].Context.CancellationToken;
        for (var pause = ShortestPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await OnceAsync(submissions, stopping);
            }
            catch (Exception away) when (ArchiveDatabase.IsPassing(away) || away is MassTransitException or RabbitMQClientException)
            {
                logger.LogWarning("The archive or the broker is away ({Reason}); {Count} submissions wait for it", away.Message, submissions.Count);
                await Task.Delay(pause, clock, stopping);
            }
        }
    }

    private async Task<IReadOnlyList<Outcome>> OnceAsync(IReadOnlyList<Lane.Waiting> submissions, CancellationToken stopping)
    {
        var outcomes = await log.AppendAsync([.. submissions.Select(submission => submission.Context.Message)], writer.Write, stopping);
        var changes = outcomes.Select(outcome => outcome.Change).OfType<EntryChanged>().ToList();
        await recent.RememberAsync(changes);

        // Begun in order; a ticker that hears of them in another one fetches what it lacks first.
        await Task.WhenAll(submissions.Zip(outcomes)
            .Where(pair => pair.Second.Change is not null)
            .Select(pair => pair.First.Context.Publish(pair.Second.Change!, stopping)));
        await GroupAnswers.SendAsync(submissions, outcomes);
        return outcomes;
    }
}
