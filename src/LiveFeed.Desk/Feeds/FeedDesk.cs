using LiveFeed.Contracts;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Desk;

/// <summary>Keeps the feeds: writes them to the archive and tells the tickers.</summary>
public sealed class FeedDesk(Archive.Feeds feeds, IBus bus, TimeProvider clock, ILogger<FeedDesk> logger)
{
    /// <summary>Creates a feed; null when the slug is taken.</summary>
    public async Task<Feed?> CreateAsync(NewFeed wanted, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var language = wanted.Language ?? "en";
        var feed = new Feed
        {
            Slug = wanted.Slug!,
            Title = wanted.Title ?? wanted.Slug!,
            Language = language,
            Direction = TextDirections.Of(language),
            TimeZone = wanted.TimeZone ?? "UTC",
            Status = FeedStatus.Open,
            Embedding = wanted.Embedding ?? FeedEmbedding.Anywhere,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()),
        };
        if (!await feeds.CreateAsync(feed, cancellation))
        {
            return null;
        }

        await TellAsync(feed);
        return feed;
    }

    /// <summary>Changes a feed; null when there is none.</summary>
    public async Task<Feed?> ChangeAsync(string slug, FeedChange change, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (await feeds.FindAsync(slug, cancellation) is not { } feed)
        {
            return null;
        }

        var language = change.Language ?? feed.Language;
        feed = feed with
        {
            Title = change.Title ?? feed.Title,
            Language = language,
            Direction = TextDirections.Of(language),
            TimeZone = change.TimeZone ?? feed.TimeZone,
            Status = change.Status ?? feed.Status,
            Embedding = change.Embedding ?? feed.Embedding,
        };
        await feeds.ChangeAsync(feed, cancellation);
        await TellAsync(feed);
        return feed;
    }

    // The archive has it, and tickers look there again by themselves: with the broker away they are only slower to learn of it.
    private async Task TellAsync(Feed feed)
    {
        using var limit = new CancellationTokenSource(Submissions.BrokerPatience, clock);
        try
        {
            await bus.Publish(new FeedChanged(feed), limit.Token);
        }
        catch (Exception failure) when (Submissions.IsBrokerAway(failure))
        {
            logger.LogWarning("The tickers weren't told of the change to feed {Feed} ({Reason}); they will find it in the archive", feed.Slug, failure.Message);
        }
    }
}
