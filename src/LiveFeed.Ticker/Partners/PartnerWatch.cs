using LiveFeed.Contracts;
using LiveFeed.Ticker.Admission;
using LiveFeed.Ticker.Hub;
using LiveFeed.Ticker.Push;
using LiveFeed.Ticker.Ring;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Partners;

/// <summary>
/// Keeps the list of partners up to date, when it is told of a change and every few seconds besides, and cuts the readers on sites
/// that may no longer show what they follow. With the archive away the list stays as it is.
/// </summary>
internal sealed class PartnerWatch(
    Archive.Partners archive, PartnerList list, Rings rings, Shards shards, TickerConnections connections, OpenStreams streams, TimeProvider clock,
    ILogger<PartnerWatch> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Reads the list before the first reader comes.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryLookAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Reads the list anew, and cuts whom it doesn't let show what they follow.</summary>
    /// <exception cref="System.Data.Common.DbException">The archive can't be reached.</exception>
    public async Task LookAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            list.Renew(await archive.ListAsync(cancellation));
            if (rings.Loaded.Any(ring => ring.Feed.Embedding is FeedEmbedding.Partners))
            {
                // Each time, not only when something is new: who was being let in while the list changed is found by the next look.
                Cut();
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        turn.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryLookAsync(stoppingToken);
        }
    }

    // They come back by themselves, and are told the rule when they ask for the feed.
    private void Cut()
    {
        bool IsRefused(Feed feed, Site site) => list.Refusal(feed, site) is not null;
        shards.ForEach(reader => reader.CutOff(IsRefused));
        connections.CutOff(IsRefused);
        streams.CutOff(IsRefused);
    }

    private async Task TryLookAsync(CancellationToken cancellation)
    {
        try
        {
            await LookAsync(cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogDebug(failure, "The partners couldn't be read; the list stays as it is.");
        }
    }
}
