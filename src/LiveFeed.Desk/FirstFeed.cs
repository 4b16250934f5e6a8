using LiveFeed.Contracts;
using Microsoft.Extensions.Hosting;

namespace LiveFeed.Desk;

/// <summary>Makes the feed <c>demo</c> where there is no feed yet, so that a first start has something to open.</summary>
internal sealed class FirstFeed(Archive.Feeds feeds, TimeProvider clock) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if ((await feeds.ListAsync(cancellationToken)).Count == 0)
        {
            // Another node may be doing the same at this moment; one of them makes it, the other finds it.
            await feeds.CreateAsync(
                new Feed
                {
                    Slug = "demo",
                    Title = "Demo",
                    Language = "en",
                    Direction = TextDirection.Ltr,
                    TimeZone = "UTC",
                    Status = FeedStatus.Open,
                    CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()),
                },
                cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
