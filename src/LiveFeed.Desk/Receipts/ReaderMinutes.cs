using System.Data.Common;
using LiveFeed.Archive.Databases;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Desk;

/// <summary>Notes several times a minute how many readers there are; so a node that ends takes seconds of it along, not a minute.</summary>
internal sealed class ReaderMinutes(Receipts receipts, ReaderBook book, TimeProvider clock, ILogger<ReaderMinutes> logger) : BackgroundService
{
    private static readonly TimeSpan NoteEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(6);

    // What stands in the archive by this node's own hand.
    private readonly Dictionary<(string Feed, string Partner), (long Minute, int Readers)> noted = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(NoteEvery, clock);
        var forgot = DateTimeOffset.MinValue;
        var away = false;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var now = clock.GetUtcNow();
                await NoteAsync(now, stoppingToken);
                if (now - forgot >= ForgetEvery)
                {
                    await book.ForgetAsync(now, stoppingToken);
                    forgot = now;
                }

                away = false;
            }
            catch (Exception failure) when (failure is DbException || ArchiveDatabase.IsPassing(failure))
            {
                if (!away)
                {
                    logger.LogWarning("How many readers there are couldn't be noted: {Reason}", failure.Message);
                }

                away = true;
            }
        }
    }

    // A write for nothing new would be a disk's turn taken from the newsroom.
    private async Task NoteAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var minute = now.ToUnixTimeMilliseconds() / ReaderBook.Minute;
        var more = receipts.Readers
            .Select(feed => feed with
            {
                Readers = feed.Readers
                    .Where(one => !noted.TryGetValue((feed.Feed, one.Key), out var before) || before.Minute != minute || before.Readers < one.Value)
                    .ToDictionary(),
            })
            .Where(feed => feed.Readers.Count > 0).ToList();
        await book.NoteAsync(now, more, cancellation);
        foreach (var (feed, readers) in more)
        {
            foreach (var (partner, count) in readers)
            {
                noted[(feed, partner)] = (minute, count);
            }
        }

        foreach (var old in noted.Where(one => one.Value.Minute < minute).Select(one => one.Key).ToList())
        {
            noted.Remove(old);
        }
    }
}
