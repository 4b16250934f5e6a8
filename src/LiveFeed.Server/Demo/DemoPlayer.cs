using LiveFeed.Contracts;
using LiveFeed.Desk;

namespace LiveFeed.Server.Demo;

/// <summary>Tells <see cref="DemoStory"/> in its feed, once the server serves, over the same way that staff's items take.</summary>
internal sealed class DemoPlayer(
    Submissions submissions, FeedDesk feeds, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<DemoPlayer> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await lifetime.ApplicationStarted.WaitAsync(stoppingToken);
            await feeds.CreateAsync(new NewFeed { Slug = DemoStory.Feed }, stoppingToken);
            await feeds.ChangeAsync(DemoStory.Feed, new FeedChange { Title = DemoStory.Title }, stoppingToken);
            var items = DemoStory.Steps.Select(step => step.Item).Distinct().ToDictionary(item => item, _ => Guid.CreateVersion7(clock.GetUtcNow()));
            foreach (var step in DemoStory.Steps)
            {
                await Task.Delay(TimeSpan.FromSeconds(step.AfterSeconds), clock, stoppingToken);
                await TellAsync(step, items[step.Item], stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops in the middle of the story; that is no failure.
        }
    }

    private async Task TellAsync(DemoStep step, Guid item, CancellationToken cancellation)
    {
        var submission = new SubmitEntry
        {
            SubmissionId = Guid.NewGuid(),
            Feed = DemoStory.Feed,
            EntryId = item,
            Action = step.Action,
            Fields = step.Fields,
            Note = step.Note,
            By = "demo",
            SubmittedAt = clock.GetUtcNow(),
        };
        while (true)
        {
            switch (await submissions.SubmitAsync(submission, cancellation))
            {
                case SubmissionResult.Unsure:
                    await Task.Delay(Pause, clock, cancellation);
                    continue;
                case SubmissionResult.Rejected(var no):
                    logger.LogWarning("The demo's step '{Item}' was refused: {Reason}", step.Item, no.Detail);
                    return;
                default:
                    return;
            }
        }
    }
}
