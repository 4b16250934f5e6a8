using Dapper;
using LiveFeed.Archive.Databases;
using LiveFeed.Contracts;

namespace LiveFeed.Archive.Tests;

/// <summary>The tables and the feeds in them.</summary>
public sealed class FeedsTests(Servers servers)
{
    [Theory, ClassData(typeof(EitherWay))]
    public async Task Nodes_that_start_at_once_bring_the_tables_up_to_date_once(Kept kept)
    {
        await using var archive = await TestArchive.OpenEmptyAsync(servers, kept);
        var nodes = Enumerable.Range(0, 8).Select(_ => archive.OpenDatabase()).ToList();

        await Task.WhenAll(nodes.Select(node => Task.Run(() => Migrations.RunAsync(node, Cancellation))));
        await Migrations.RunAsync(archive.Database, Cancellation);

        await using var connection = await archive.Database.OpenAsync(Cancellation);
        var steps = await connection.QueryAsync<string>("SELECT name FROM schema_steps ORDER BY name");
        Assert.Equal(["001-feed-log.sql", "002-desk.sql"], steps.Take(2));
        Assert.True(await archive.CreateFeedAsync("works"));
    }

    [Theory, ClassData(typeof(EitherWay))]
    public async Task A_slug_is_taken_once_and_each_log_has_its_epoch(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);

        var created = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => archive.CreateFeedAsync("lviv")));

        Assert.Single(created, yes => yes);
        var positions = await archive.Reader.PositionsAsync(Cancellation);
        Assert.Equal(["kyiv", "lviv"], positions.Keys.Order());
        Assert.NotEqual(positions["kyiv"].Epoch, positions["lviv"].Epoch);
        Assert.All(positions.Values, position => Assert.True(Position.TryParse(position.ToString(), out _)));
    }

    [Theory, ClassData(typeof(EitherWay))]
    public async Task A_feed_is_found_as_it_was_last_described(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);
        var changed = TestArchive.NewFeed(TestArchive.Feed) with
        {
            Title = "عاجل 🚨",
            Language = "ar",
            Direction = TextDirection.Rtl,
            TimeZone = "Asia/Beirut",
            Status = FeedStatus.Closed,
        };

        Assert.True(await archive.Feeds.ChangeAsync(changed, Cancellation));
        Assert.False(await archive.Feeds.ChangeAsync(TestArchive.NewFeed("nowhere"), Cancellation));

        Assert.Equal(changed, await archive.Feeds.FindAsync(TestArchive.Feed, Cancellation));
        Assert.Equal([changed], await archive.Feeds.ListAsync(Cancellation));
        Assert.Null(await archive.Feeds.FindAsync("nowhere", Cancellation));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
