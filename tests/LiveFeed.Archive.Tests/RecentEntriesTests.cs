using LiveFeed.Archive.Recent;
using LiveFeed.Contracts;
using LiveFeed.Testing;
using StackExchange.Redis;
using static LiveFeed.Archive.Tests.Newsroom;

namespace LiveFeed.Archive.Tests;

/// <summary>
/// The recent entries in Redis tell a whole stretch of the log or nothing, in whatever order changes come and whatever is lost.
/// </summary>
public sealed class RecentEntriesTests(Servers servers, ITestOutputHelper output) : IAsyncLifetime
{
    private readonly string feed = $"feed-{Guid.NewGuid():N}";
    private ConnectionMultiplexer redis = null!;
    private RecentEntries recent = null!;

    public async ValueTask InitializeAsync()
    {
        redis = await ConnectionMultiplexer.ConnectAsync(servers.Redis.ConnectionString);
        recent = new RecentEntries(redis);
    }

    public ValueTask DisposeAsync() => redis.DisposeAsync();

    [Fact]
    public async Task Changes_are_told_in_order_each_entry_at_its_newest()
    {
        var log = new WrittenLog(feed);
        var one = log.Publish("one");
        log.Publish("two");
        log.Change(one, "one, changed");
        await recent.RefillAsync(log.Stretch(floor: 0, top: 0));
        foreach (var change in log.Changes)
        {
            Assert.True(await recent.RememberAsync(change));
        }

        var all = await recent.SinceAsync(feed, log.At(0));
        Assert.Equal(log.At(3), all!.Top);
        Assert.Equal(["two", "one, changed"], all.Entries.Select(entry => entry.Headline));
        Assert.Equal([3L], (await recent.SinceAsync(feed, log.At(2)))!.Entries.Select(entry => entry.Seq));
        Assert.Empty((await recent.SinceAsync(feed, log.At(3)))!.Entries);
        Assert.Null(await recent.SinceAsync(feed, log.At(4)));
        Assert.Null(await recent.SinceAsync(feed, new Position("other", 1)));
        Assert.Null(await recent.SinceAsync("nowhere", log.At(0)));
    }

    [Fact]
    public async Task The_newer_state_wins_in_whatever_order_changes_come()
    {
        var random = Seed.Random(output.WriteLine);
        var log = WrittenLog.Random(feed, random, changes: 120);
        await recent.RefillAsync(log.Stretch(floor: 0, top: 0));

        // Each change comes once or twice, and up to a dozen places from where it belongs.
        var arriving = log.Changes.SelectMany(change => Enumerable.Repeat(change, random.Next(1, 3)))
            .OrderBy(change => change.Entry.Seq + random.Next(12)).ToList();
        foreach (var change in arriving)
        {
            if (!await recent.RememberAsync(change))
            {
                // As the fan-out does: by now the archive holds this change and all before it, perhaps more.
                await recent.RefillAsync(log.Stretch(floor: 0, top: random.Next((int)change.Entry.Seq, log.Changes.Count + 1)));
            }

            await AssertWholeAsync(log, random);
        }

        var held = await recent.SinceAsync(feed, log.At(0));
        Assert.Equal(log.Changes.Count, held!.Top.Seq);
        AssertSame(log, held);
    }

    [Fact]
    public async Task Without_a_refill_a_late_change_never_completes_what_is_not_whole()
    {
        var random = Seed.Random(output.WriteLine);
        var log = WrittenLog.Random(feed, random, changes: 120);
        foreach (var change in log.Changes.OrderBy(_ => random.Next()))
        {
            await recent.RememberAsync(change);
            await AssertWholeAsync(log, random);
        }
    }

    [Fact]
    public async Task However_often_Redis_is_emptied_it_tells_the_whole_or_nothing_and_heals()
    {
        await using var own = await RedisServer.StartAsync();
        await using var connection = await ConnectionMultiplexer.ConnectAsync(own.ConnectionString);
        recent = new RecentEntries(connection);
        var random = Seed.Random(output.WriteLine);
        var log = WrittenLog.Random(feed, random, changes: 400);
        using var enough = new CancellationTokenSource();
        var emptying = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                await connection.GetServer("127.0.0.1", own.Port).FlushAllDatabasesAsync();
            }
        }, TestContext.Current.CancellationToken);

        foreach (var change in log.Changes)
        {
            if (!await recent.RememberAsync(change))
            {
                await recent.RefillAsync(log.Stretch(floor: 0, top: (int)change.Entry.Seq));
            }

            await AssertWholeAsync(log, random);
        }

        await enough.CancelAsync();
        await emptying;
        var last = log.Publish("the next change");
        Assert.Equal(await recent.SinceAsync(feed, log.At(0)) is not null, await recent.RememberAsync(last));
        await recent.RefillAsync(log.Stretch(floor: 0, top: (int)last.Entry.Seq));
        AssertSame(log, (await recent.SinceAsync(feed, log.At(0)))!);
    }

    // A Redis that is short of memory may drop any key on its own.
    [Theory]
    [InlineData("position")]
    [InlineData("log")]
    [InlineData("entries")]
    [InlineData("position", "log")]
    [InlineData("log", "entries")]
    public async Task What_loses_a_part_tells_nothing_until_it_is_whole_again(params string[] lost)
    {
        var log = WrittenLog.Random(feed, new Random(1), changes: 20);
        await recent.RefillAsync(log.Stretch(floor: 0, top: 20));
        await redis.GetDatabase().KeyDeleteAsync([.. lost.Select(part => (RedisKey)$"livefeed:{{{feed}}}:{part}")]);

        Assert.Null(await recent.SinceAsync(feed, log.At(0)));
        Assert.Null(await recent.SinceAsync(feed, log.At(19)));

        Assert.False(await recent.RememberAsync(log.Publish("the next change")));
        await AssertWholeAsync(log, new Random(1));
        await recent.RefillAsync(log.Stretch(floor: 0, top: 21));
        AssertSame(log, (await recent.SinceAsync(feed, log.At(0)))!);
    }

    [Fact]
    public async Task It_keeps_five_hundred_entries_and_knows_where_they_begin()
    {
        var log = new WrittenLog(feed);
        await recent.RefillAsync(log.Stretch(floor: 0, top: 0));
        for (var n = 1; n <= RecentEntries.Kept + 100; n++)
        {
            Assert.True(await recent.RememberAsync(log.Publish($"Item {n}")));
        }

        Assert.Null(await recent.SinceAsync(feed, log.At(99)));
        var held = await recent.SinceAsync(feed, log.At(100));
        Assert.Equal(RecentEntries.Kept, held!.Entries.Count);
        AssertSame(log, held);
        Assert.Equal(RecentEntries.Kept, await redis.GetDatabase().HashLengthAsync($"livefeed:{{{feed}}}:entries"));

        // One that has gone out of sight comes back with its newest state when it changes.
        var back = log.Change(log.Changes[0], "changed");
        Assert.True(await recent.RememberAsync(back));
        // What comes late from below the beginning neither comes back nor moves the beginning.
        Assert.True(await recent.RememberAsync(log.Changes[0]));
        Assert.True(await recent.RememberAsync(log.Changes[1]));
        Assert.Null(await recent.SinceAsync(feed, log.At(100)));
        AssertSame(log, (await recent.SinceAsync(feed, log.At(101)))!);
    }

    [Fact]
    public async Task A_refill_that_is_older_than_what_is_there_changes_nothing()
    {
        var log = WrittenLog.Random(feed, new Random(1), changes: 10);
        await recent.RefillAsync(log.Stretch(floor: 0, top: 10));

        await recent.RefillAsync(log.Stretch(floor: 0, top: 7));

        AssertSame(log, (await recent.SinceAsync(feed, log.At(0)))!);
        Assert.Equal(log.At(10), (await recent.PositionsAsync([feed, "nowhere"]))[feed]);
        Assert.Single(await recent.PositionsAsync([feed, "nowhere"]));
    }

    [Fact]
    public async Task A_log_of_another_epoch_starts_afresh()
    {
        var restored = WrittenLog.Random(feed, new Random(2), changes: 5, epoch: "second");
        await recent.RefillAsync(WrittenLog.Random(feed, new Random(1), changes: 10).Stretch(floor: 0, top: 10));

        Assert.False(await recent.RememberAsync(restored.Changes[^1]));

        Assert.Null(await recent.SinceAsync(feed, restored.At(0)));
        Assert.Null(await recent.SinceAsync(feed, new Position("first", 9)));
        await recent.RefillAsync(restored.Stretch(floor: 0, top: 5));
        AssertSame(restored, (await recent.SinceAsync(feed, restored.At(0)))!);
    }

    [Fact]
    public async Task All_it_keeps_goes_by_the_feeds_name_and_ends_when_the_feed_is_idle()
    {
        var log = WrittenLog.Random(feed, new Random(1), changes: 5);
        await recent.RefillAsync(log.Stretch(floor: 0, top: 5));
        await recent.RememberAsync(log.Publish("more"));

        var keys = redis.GetServer("127.0.0.1", servers.Redis.Port).Keys(pattern: $"*{feed}*").ToList();

        Assert.Equal(3, keys.Count);
        Assert.All(keys, key => Assert.StartsWith($"livefeed:{{{feed}}}:", key.ToString(), StringComparison.Ordinal));
        foreach (var key in keys)
        {
            Assert.True(await redis.GetDatabase().KeyTimeToLiveAsync(key) > TimeSpan.FromDays(6));
        }
    }

    [Fact]
    public async Task What_the_archive_holds_fills_it()
    {
        await using var archive = await TestArchive.OpenAsync(servers, Kept.InSqlite);
        await archive.CreateFeedAsync(feed);
        var first = await archive.AcceptedAsync(Publish("перший", feed));
        await archive.AcceptedAsync(Publish("другий", feed));
        await archive.AcceptedAsync(Retract(first));

        await recent.RefillAsync((await archive.Reader.RecentAsync(feed, RecentEntries.Kept, TestContext.Current.CancellationToken))!);

        var position = await archive.PositionAsync(feed);
        var held = await recent.SinceAsync(feed, position with { Seq = 0 });
        Assert.Equal(position, held!.Top);
        Assert.Equal(["другий", null], held.Entries.Select(entry => entry.Headline));
        Assert.Equal(EntryStatus.Retracted, held.Entries[1].Status);
    }

    // From wherever it is asked: an answer holds just the entries that changed after that, as the log had them at its top.
    private async Task AssertWholeAsync(WrittenLog log, Random random)
    {
        var from = random.Next(log.Changes.Count + 1);
        foreach (var seq in new[] { 0, from, Math.Max(0, from - 3) })
        {
            if (await recent.SinceAsync(feed, log.At(seq)) is { } stretch)
            {
                AssertSame(log, stretch);
            }
        }
    }

    private static void AssertSame(WrittenLog log, Stretch stretch)
    {
        var right = log.Stretch((int)stretch.Floor, (int)stretch.Top.Seq);
        Assert.Equal(right.Top, stretch.Top);
        Assert.Equal(right.Entries, stretch.Entries);
    }
}
