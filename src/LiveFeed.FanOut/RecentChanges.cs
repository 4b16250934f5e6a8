using LiveFeed.Archive;
using LiveFeed.Archive.Recent;
using LiveFeed.Contracts;
using Microsoft.Extensions.Logging;

namespace LiveFeed.FanOut;

/// <summary>
/// Keeps Redis in step with the log. Redis is a cache: while it is away, publishing goes on and tickers read the archive; the
/// first change after it is back makes it whole again.
/// </summary>
public sealed class RecentChanges(IFeedReader archive, ILogger<RecentChanges> logger, IRecentEntries? redis = null)
{
    private bool away;

    /// <summary>Remembers changes for those who join later. Does nothing where there is no Redis.</summary>
    public async Task RememberAsync(IReadOnlyList<EntryChanged> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        if (redis is null || changes.Count == 0)
        {
            return;
        }

        try
        {
            var goOn = await Task.WhenAll(changes.Select(redis.RememberAsync));
            foreach (var feed in changes.Zip(goOn).Where(change => !change.Second).Select(change => change.First.Entry.Feed).Distinct())
            {
                await RefillAsync(redis, feed);
            }

            Tell(isAway: false, null);
        }
        catch (Exception failure) when (RecentEntries.IsAway(failure))
        {
            Tell(isAway: true, failure);
        }
    }

    private async Task RefillAsync(IRecentEntries cache, string feed)
    {
        if (await archive.RecentAsync(feed, RecentEntries.Kept, CancellationToken.None) is { } stretch)
        {
            await cache.RefillAsync(stretch);
        }
    }

    // Once when it goes and once when it comes back: a line for each change would bury everything else.
    private void Tell(bool isAway, Exception? failure)
    {
        if (isAway && !away)
        {
            logger.LogWarning("Redis is away ({Reason}); publishing goes on without the cache", failure!.Message);
        }
        else if (!isAway && away)
        {
            logger.LogInformation("Redis is back");
        }

        away = isAway;
    }
}
