using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>Keeps the feeds: writes them to the archive and tells the tickers.</summary>
public sealed class FeedDesk(Archive.Feeds feeds, TickerNotices tickers, TimeProvider clock)
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

        await tickers.TellAsync(new FeedChanged(feed), $"feed {feed.Slug}");
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
        await tickers.TellAsync(new FeedChanged(feed), $"feed {feed.Slug}");
        return feed;
    }
}
