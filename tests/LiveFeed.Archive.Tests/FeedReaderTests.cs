using LiveFeed.Contracts;
using LiveFeed.Testing;
using static LiveFeed.Archive.Tests.Newsroom;

namespace LiveFeed.Archive.Tests;

/// <summary>Whoever reads the log gets whole answers in readers' order, whatever is written meanwhile.</summary>
public sealed class FeedReaderTests(Servers servers, ITestOutputHelper output)
{
    [Theory, ClassData(typeof(EitherWay))]
    public async Task A_feed_without_entries_has_an_empty_page_and_an_unknown_feed_has_none(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);

        Assert.Empty((await archive.PageAsync(new PageQuery())).Entries);
        Assert.Equal(0, (await archive.PageAsync(new PageQuery())).Position.Seq);
        Assert.Empty((await archive.SinceAsync(0)).Entries);
        Assert.Empty((await archive.Reader.RecentAsync(TestArchive.Feed, 20, Cancellation))!.Entries);
        Assert.Null(await archive.Reader.PageAsync("nowhere", new PageQuery(), Cancellation));
        Assert.Null(await archive.Reader.SinceAsync("nowhere", 0, 20, withBody: false, Cancellation));
        Assert.Null(await archive.Reader.RecentAsync("nowhere", 20, Cancellation));
        Assert.Null(await archive.Reader.EntryAsync(TestArchive.Feed, Guid.NewGuid(), withBody: false, Cancellation));
        Assert.Empty(await archive.Reader.RevisionsAsync(TestArchive.Feed, Guid.NewGuid(), withBody: false, Cancellation));
    }

    [Theory, ClassData(typeof(EitherWay))]
    public async Task Pinned_entries_stand_first_then_the_newest(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);
        var early = await archive.AcceptedAsync(Publish("early", minute: 1));
        await archive.AcceptedAsync(Publish("late", minute: 9));
        await archive.AcceptedAsync(Publish("middle", minute: 5));
        await archive.AcceptedAsync(Publish("pinned, old", minute: 0, fields: new EntryFields { Pinned = true }));
        Assert.Equal(["pinned, old", "late", "middle", "early"], await HeadlinesAsync(archive));

        await archive.AcceptedAsync(Pin(early, pinned: true));
        Assert.Equal(["early", "pinned, old", "late", "middle"], await HeadlinesAsync(archive));

        await archive.AcceptedAsync(Pin(early, pinned: false));
        Assert.Equal(["pinned, old", "late", "middle", "early"], await HeadlinesAsync(archive));
    }

    [Theory, ClassData(typeof(EitherWay))]
    public async Task Entries_of_one_moment_stand_in_the_order_of_their_ids(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);
        var random = Seed.Random(output.WriteLine);
        var ids = new List<string>();
        for (var n = 0; n < 40; n++)
        {
            var id = new byte[16];
            random.NextBytes(id);
            ids.Add((await archive.AcceptedAsync(Publish("same minute") with { EntryId = new Guid(id) })).Id.ToString());
        }

        var page = await archive.PageAsync(new PageQuery { Limit = 100 });
        Assert.Equal(ids.OrderDescending(StringComparer.Ordinal), page.Entries.Select(entry => entry.Id.ToString()));
    }

    [Theory, ClassData(typeof(EitherWay))]
    public async Task Paging_shows_each_entry_once_while_new_ones_arrive(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);
        var random = Seed.Random(output.WriteLine);
        var before = new HashSet<Guid>();
        for (var n = 0; n < 60; n++)
        {
            // Few minutes, so that many stand at the same moment and a page ends between them.
            before.Add((await archive.AcceptedAsync(Publish(
                $"Item {n}", minute: random.Next(6), fields: new EntryFields { Pinned = random.Next(10) == 0 }))).Id);
        }

        var shown = new List<Entry>();
        for (Cursor? place = null; ;)
        {
            var page = await archive.PageAsync(new PageQuery { Limit = random.Next(1, 9), Before = place });
            shown.AddRange(page.Entries);
            if (page.Next is null)
            {
                break;
            }

            place = Cursor.Parse(page.Next);
            Assert.NotNull(place);
            for (var arriving = random.Next(4); arriving > 0; arriving--)
            {
                await archive.AcceptedAsync(Publish("Meanwhile", minute: random.Next(9)));
            }

            await archive.AcceptedAsync(Edit(shown[random.Next(shown.Count)], "Changed meanwhile", seen: false));
        }

        Assert.Equal(shown.Count, shown.DistinctBy(entry => entry.Id).Count());
        Assert.Subset(shown.Select(entry => entry.Id).ToHashSet(), before);
        Assert.Equal(
            shown.OrderByDescending(entry => entry.Pinned).ThenByDescending(entry => entry.PublishedAt)
                .ThenByDescending(entry => entry.Id.ToString(), StringComparer.Ordinal).Select(entry => entry.Id),
            shown.Select(entry => entry.Id));
    }

    [Theory, ClassData(typeof(EitherWay))]
    public async Task A_page_says_where_it_ends(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);
        for (var n = 0; n < 3; n++)
        {
            await archive.AcceptedAsync(Publish($"Item {n}", minute: n, fields: new EntryFields { Body = "text" }));
        }

        Assert.Null((await archive.PageAsync(new PageQuery { Limit = 3 })).Next);
        var first = await archive.PageAsync(new PageQuery { Limit = 2 });
        var second = await archive.PageAsync(new PageQuery { Limit = 2, Before = Cursor.Parse(first.Next), WithBody = true });
        Assert.Equal(["Item 2", "Item 1"], first.Entries.Select(entry => entry.Headline));
        Assert.Equal(["Item 0"], second.Entries.Select(entry => entry.Headline));
        Assert.Null(second.Next);
        Assert.All(first.Entries, entry => Assert.Null(entry.Body));
        Assert.All(second.Entries, entry => Assert.Equal("text", entry.Body));
    }

    [Theory]
    [InlineData("")]
    [InlineData("!!")]
    [InlineData("AAAA")]
    [InlineData("cCAxIDEyMzQ")]
    [InlineData("epoch:7")]
    public void What_is_no_cursor_is_not_taken_for_one(string text) => Assert.Null(Cursor.Parse(text));

    [Theory, ClassData(typeof(EitherWay))]
    public async Task Since_tells_each_entry_once_at_its_newest_in_the_order_of_changes(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);
        var one = await archive.AcceptedAsync(Publish("one"));
        var two = await archive.AcceptedAsync(Publish("two"));
        await archive.AcceptedAsync(Publish("three"));
        await archive.AcceptedAsync(Edit(one, "one, changed"));
        await archive.AcceptedAsync(Retract(two));

        var all = await archive.SinceAsync(0);
        Assert.Equal([3L, 4L, 5L], all.Entries.Select(entry => entry.Seq));
        Assert.Equal(["three", "one, changed", null], all.Entries.Select(entry => entry.Headline));
        Assert.Null(all.Next);
        Assert.Equal([5L], (await archive.SinceAsync(4)).Entries.Select(entry => entry.Seq));
        Assert.Empty((await archive.SinceAsync(5)).Entries);

        var part = await archive.SinceAsync(0, limit: 2);
        Assert.Equal(4, part.Position.Seq);
        Assert.Equal(part.Position.ToString(), part.Next);
        var rest = await archive.SinceAsync(part.Position.Seq, limit: 2);
        Assert.Equal([5L], rest.Entries.Select(entry => entry.Seq));
        Assert.Null(rest.Next);
    }

    [Theory, ClassData(typeof(EitherWay))]
    public async Task The_end_of_the_log_is_a_whole_stretch(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);
        var first = await archive.AcceptedAsync(Publish("one"));
        await archive.AcceptedAsync(Publish("two"));
        await archive.AcceptedAsync(Publish("three"));
        await archive.AcceptedAsync(Edit(first, "one, changed"));

        var all = (await archive.Reader.RecentAsync(TestArchive.Feed, 10, Cancellation))!;
        Assert.Equal((0L, 4L), (all.Floor, all.Top.Seq));
        Assert.Equal([2L, 3L, 4L], all.Entries.Select(entry => entry.Seq));

        var end = (await archive.Reader.RecentAsync(TestArchive.Feed, 2, Cancellation))!;
        Assert.Equal((2L, 4L), (end.Floor, end.Top.Seq));
        Assert.Equal([3L, 4L], end.Entries.Select(entry => entry.Seq));
    }

    [Theory, ClassData(typeof(EitherWay))]
    public async Task Every_answer_reaches_to_its_position_while_others_write(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);
        await archive.AcceptedAsync(Publish("first"));
        var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
        {
            for (var n = 0; n < 25; n++)
            {
                var entry = await archive.AcceptedAsync(Publish($"{n} of {writer}"));
                await archive.AcceptedAsync(Edit(entry, "changed"));
            }
        }));

        var answers = 0;
        while (!writing.IsCompleted || answers == 0)
        {
            var since = await archive.SinceAsync(0);
            var page = await archive.PageAsync(new PageQuery { Limit = 1_000 });
            var recent = await archive.Reader.RecentAsync(TestArchive.Feed, 10, Cancellation);
            // The newest change is some entry's newest state, so an answer that is whole holds it.
            Assert.Equal(since.Position.Seq, since.Entries.Max(entry => entry.Seq));
            Assert.Equal(page.Position.Seq, page.Entries.Max(entry => entry.Seq));
            Assert.Equal(recent!.Top.Seq, recent.Entries.Max(entry => entry.Seq));
            answers++;
        }

        await writing;
        Assert.Equal(201, (await archive.PositionAsync()).Seq);
    }

    [Theory, ClassData(typeof(EitherWay))]
    public async Task A_tag_is_looked_for_whole_and_as_it_is_written(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);
        string[] tags = ["power", "power-cut", "пожежа", "100%", "1000", "a_b", "axb", @"back\slash", "👩‍🚒"];
        foreach (var tag in tags)
        {
            await archive.AcceptedAsync(Publish(tag, fields: new EntryFields { Tags = ["all", tag] }));
        }

        foreach (var tag in tags)
        {
            Assert.Equal(tag, Assert.Single((await archive.PageAsync(new PageQuery { Tag = tag })).Entries).Headline);
        }

        Assert.Equal(tags.Length, (await archive.PageAsync(new PageQuery { Tag = "all" })).Entries.Count);
        Assert.Empty((await archive.PageAsync(new PageQuery { Tag = "pow" })).Entries);
        Assert.Empty((await archive.PageAsync(new PageQuery { Tag = "%" })).Entries);
        Assert.Empty((await archive.PageAsync(new PageQuery { Tag = "POWER" })).Entries);
    }

    [Theory, ClassData(typeof(EitherWay))]
    public async Task Key_events_can_be_had_alone_page_by_page(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);
        for (var n = 0; n < 9; n++)
        {
            await archive.AcceptedAsync(Publish($"Item {n}", minute: n, fields: new EntryFields { KeyEvent = n % 3 == 0, Tags = [n < 5 ? "a" : "b"] }));
        }

        var first = await archive.PageAsync(new PageQuery { KeyEvents = true, Limit = 2 });
        var second = await archive.PageAsync(new PageQuery { KeyEvents = true, Limit = 2, Before = Cursor.Parse(first.Next) });
        Assert.Equal(["Item 6", "Item 3"], first.Entries.Select(entry => entry.Headline));
        Assert.Equal(["Item 0"], second.Entries.Select(entry => entry.Headline));
        var both = await archive.PageAsync(new PageQuery { KeyEvents = true, Tag = "b" });
        Assert.Equal(["Item 6"], both.Entries.Select(entry => entry.Headline));
    }

    [Theory, ClassData(typeof(EitherWay))]
    public async Task Every_revision_can_be_read(Kept kept)
    {
        await using var archive = await TestArchive.OpenAsync(servers, kept);
        var entry = await archive.AcceptedAsync(Publish("first", fields: new EntryFields { Body = "text" }));
        await archive.AcceptedAsync(Edit(entry, "second"));

        var revisions = await archive.Reader.RevisionsAsync(TestArchive.Feed, entry.Id, withBody: true, Cancellation);

        Assert.Equal(["first", "second"], revisions.Select(revision => revision.Headline));
        Assert.Equal([1, 2], revisions.Select(revision => revision.Revision));
        Assert.All(revisions, revision => Assert.Equal("text", revision.Body));
    }

    private static async Task<IEnumerable<string?>> HeadlinesAsync(TestArchive archive) =>
        (await archive.PageAsync(new PageQuery())).Entries.Select(entry => entry.Headline);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
