using LiveFeed.Archive.Databases;
using LiveFeed.Archive.Recent;
using LiveFeed.Contracts;
using LiveFeed.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static LiveFeed.Archive.Tests.Newsroom;

namespace LiveFeed.Archive.Tests;

/// <summary>What the servers beneath do when they are killed, and how that is told.</summary>
public sealed class OutageTests(Servers servers)
{
    [Fact]
    public async Task What_PostgreSQL_accepted_outlives_kill_9_and_trying_again_does_nothing_twice()
    {
        await using var postgres = await PostgresServer.StartAsync();
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var database = new PostgresDatabase(connectionString);
        await Migrations.RunAsync(database, Cancellation);
        await new Feeds(database).CreateAsync(TestArchive.NewFeed(TestArchive.Feed), Cancellation);
        var log = new FeedLog(database, TimeProvider.System);
        using var enough = new CancellationTokenSource();

        var writers = Enumerable.Range(0, 6).Select(writer => Task.Run(async () =>
        {
            var accepted = new List<Entry>();
            while (!enough.IsCancellationRequested)
            {
                accepted.Add(await SubmitUntilAnsweredAsync(log, new FeedReader(database), Publish($"{accepted.Count} of {writer}")));
            }

            return accepted;
        }, Cancellation)).ToList();

        for (var outage = 1; outage <= 3; outage++)
        {
            await ReachableAsync(new FeedReader(database));
            var before = (await new FeedReader(database).PositionsAsync(Cancellation))[TestArchive.Feed].Seq;
            await Eventually.TrueAsync("fifty more items stand in the log", async cancellation =>
                (await new FeedReader(database).PositionsAsync(cancellation))[TestArchive.Feed].Seq > before + 50);
            await postgres.KillAsync();
            await postgres.StartAgainAsync();
        }

        await enough.CancelAsync();
        var told = (await Task.WhenAll(writers)).SelectMany(accepted => accepted).OrderBy(entry => entry.Seq).ToList();
        await ReachableAsync(new FeedReader(database));
        var kept = (await new FeedReader(database).SinceAsync(TestArchive.Feed, 0, 1_000_000, withBody: false, Cancellation))!;
        Assert.Equal(told, kept.Entries);
        Assert.Equal(Enumerable.Range(1, told.Count).Select(seq => (long)seq), told.Select(entry => entry.Seq));
    }

    [Fact]
    public async Task Without_Redis_a_host_starts_and_the_cache_says_that_it_is_away()
    {
        await using var redis = await RedisServer.StartAsync();
        await redis.KillAsync();
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddArchive(await servers.Postgres.CreateDatabaseAsync(), redis.ConnectionString, "unused.db");
        using var host = builder.Build();
        await Migrations.RunAsync(host.Services.GetRequiredService<ArchiveDatabase>(), Cancellation);
        await host.StartAsync(Cancellation);
        var recent = host.Services.GetRequiredService<RecentEntries>();
        var log = WrittenLog.Random("kyiv", new Random(1), changes: 3);

        await AssertAwayAsync(() => recent.RefillAsync(log.Stretch(floor: 0, top: 3)));
        await AssertAwayAsync(() => recent.RememberAsync(log.Changes[0]));
        await AssertAwayAsync(() => recent.SinceAsync("kyiv", log.At(0)));
        await AssertAwayAsync(() => recent.PositionsAsync(["kyiv"]));
        Assert.True(await host.Services.GetRequiredService<Feeds>().CreateAsync(TestArchive.NewFeed("kyiv"), Cancellation));

        await redis.StartAgainAsync();
        await Eventually.TrueAsync("the cache works once Redis is back", async _ =>
        {
            await recent.RefillAsync(log.Stretch(floor: 0, top: 3));
            return (await recent.SinceAsync("kyiv", log.At(0)))?.Top.Seq == 3;
        });
        await host.StopAsync(Cancellation);
    }

    // A failure that doesn't count as passing ends the test: the fan-out would give the submission up.
    private static async Task<Entry> SubmitUntilAnsweredAsync(FeedLog log, FeedReader reader, SubmitEntry submission)
    {
        while (true)
        {
            try
            {
                return (await TestArchive.SubmitAsync(log, submission)).Yes!.Entry;
            }
            catch (Exception failure) when (ArchiveDatabase.IsPassing(failure))
            {
                await ReachableAsync(reader);
            }
        }
    }

    private static Task ReachableAsync(FeedReader reader) => Eventually.TrueAsync(
        "the archive can be read", async cancellation => (await reader.PositionsAsync(cancellation)).Count == 1);

    private static async Task AssertAwayAsync(Func<Task> use)
    {
        var failure = await Record.ExceptionAsync(use);
        Assert.True(failure is not null && RecentEntries.IsAway(failure), failure?.ToString() ?? "It worked.");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
