using LiveFeed.Contracts;
using LiveFeed.Ticker.Broker;
using LiveFeed.Ticker.Push;
using LiveFeed.Ticker.Ring;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Receipts;

/// <summary>Tells the desks once a second what is new of this node's readers, and every few seconds who is there.</summary>
internal sealed class ReadersReport(ReaderReceipts receipts, Shards shards, IBus bus, NodeEndpoint node, TimeProvider clock, ILogger<ReadersReport> log)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(2);

    // A desk takes a node that is silent for longer than two of these for gone.
    private const int AgainEvery = 5;

    private Task sending = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends it while the bus is still there: services stop in an order in which that goes first, and a report would go nowhere.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await StopAsync(cancellationToken);
        await Task.WhenAny(sending, Task.Delay(AtMost, clock, cancellationToken));
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ReportAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // It ends before the host says that it stops, and what is broken off by then the host takes for a failure.
        }
    }

    private async Task ReportAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        for (var round = 1; await timer.WaitForNextTickAsync(stoppingToken); round++)
        {
            if (!sending.IsCompleted)
            {
                // The broker is slow or away. What is counted by the time it has taken the last report goes with the next.
                continue;
            }

            using var limit = new CancellationTokenSource(AtMost, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stoppingToken);
            try
            {
                var reports = await ReportsAsync(again: round % AgainEvery == 0, either.Token);
                sending = reports.Count > 0 ? SendAsync(reports) : Task.CompletedTask;
            }
            catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogDebug("The shards are busy; the readers are counted with the next report.");
            }
        }
    }

    private async Task<List<FeedReaders>> ReportsAsync(bool again, CancellationToken cancellation)
    {
        var tallies = new Dictionary<FeedRing, Tally>();
        foreach (var (ring, deliveries) in receipts.Feeds)
        {
            if (deliveries.Begin() is { } tally)
            {
                tallies.Add(ring, tally);
            }
        }

        try
        {
            await shards.CountAsync(tallies, cancellation);
        }
        catch
        {
            // Nobody was counted yet of those that came and went.
            foreach (var ring in tallies.Keys)
            {
                receipts.Of(ring).ScreensMoved();
            }

            throw;
        }

        var reports = new List<FeedReaders>();
        foreach (var (ring, deliveries) in receipts.Feeds)
        {
            FeedReaders? report = null;
            if (tallies.TryGetValue(ring, out var tally))
            {
                receipts.Count(ring, tally);
                report = deliveries.End(tally);
            }

            report ??= again ? deliveries.Again() : null;
            if (report is not null)
            {
                reports.Add(report);
            }
        }

        return reports;
    }

    // Not broken off when it takes long: MassTransit would call that an error of the broker's.
    private async Task SendAsync(List<FeedReaders> reports)
    {
        try
        {
            await bus.Publish(new ReadersReported(node.Name, reports), sent =>
            {
                // Nobody wants it late.
                sent.Durable = false;
                sent.TimeToLive = TimeSpan.FromSeconds(10);
            });
        }
        catch (Exception failure)
        {
            log.LogDebug(failure, "The readers couldn't be reported; the next report says the same and more.");
        }
    }
}
