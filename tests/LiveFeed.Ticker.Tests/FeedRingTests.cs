using LiveFeed.Contracts;

namespace LiveFeed.Ticker.Tests;

public sealed class FeedRingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hole_is_filled_from_the_archive_before_what_comes_after_it()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        var ring = await newsroom.RingAsync();
        await newsroom.PublishAsync();
        await newsroom.PublishAsync();

        Assert.True(await ring.ApplyAsync(await newsroom.PublishAsync(), Cancellation));

        Assert.Equal([1L, 2L, 3L, 4L], ring.State.Entries.Select(entry => entry.Seq));
    }

    [Fact]
    public async Task A_change_whose_log_the_archive_does_not_have_is_left_alone()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        var ring = await newsroom.RingAsync();
        var held = ring.State;
        var change = await newsroom.PublishAsync();

        Assert.False(await ring.ApplyAsync(change with { Epoch = "another" }, Cancellation));
        Assert.Equal(held.Top.Epoch, ring.State.Top.Epoch);

        Assert.False(await ring.ApplyAsync(change with { Entry = change.Entry with { Seq = 99 } }, Cancellation));
        Assert.Equal(2, ring.State.Top.Seq);
    }

    [Fact]
    public async Task A_hole_wider_than_the_ring_is_answered_with_the_end_of_the_log()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        var ring = await newsroom.RingAsync();
        var last = await newsroom.PublishAsync(600);

        Assert.True(await ring.ApplyAsync(last, Cancellation));

        Assert.Equal(601, ring.State.Top.Seq);
        Assert.Equal(500, ring.State.Entries.Count);
        Assert.Equal(101, ring.State.Floor);
    }

    [Fact]
    public async Task What_is_written_is_never_pushed()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        var ring = await newsroom.RingAsync();
        var change = await newsroom.PublishAsync();

        await ring.ApplyAsync(change with { Entry = change.Entry with { Body = "As written" } }, Cancellation);

        Assert.All(ring.State.Entries, entry => Assert.Null(entry.Body));
    }

    [Fact]
    public async Task Whoever_asks_at_once_waits_for_the_same_load()
    {
        await using var newsroom = await Newsroom.OpenAsync();

        var rings = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => newsroom.Rings.FindAsync("news", Cancellation)));

        Assert.All(rings, ring => Assert.Same(rings[0], ring));
        Assert.NotNull(rings[0]);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("Not a slug")]
    public async Task Unknown_feeds_have_no_ring_and_leave_nothing_behind(string slug)
    {
        await using var newsroom = await Newsroom.OpenAsync();

        Assert.Null(await newsroom.Rings.FindAsync(slug, Cancellation));
        Assert.Null(await newsroom.Rings.FindLoadedAsync(slug, Cancellation));
        Assert.Empty(newsroom.Rings.Loaded);
    }

    [Fact]
    public async Task The_newest_entries_are_read_once_for_each_state_of_the_ring()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        var ring = await newsroom.RingAsync();

        var first = await newsroom.Snapshots.NewestAsync(ring, Cancellation);
        Assert.Same(first, await newsroom.Snapshots.NewestAsync(ring, Cancellation));

        await ring.ApplyAsync(await newsroom.PublishAsync(), Cancellation);
        var second = await newsroom.Snapshots.NewestAsync(ring, Cancellation);
        Assert.Equal(2, second.Position.Seq);
        Assert.Equal(2, second.Entries.Count);
    }

    [Fact]
    public async Task A_reader_whom_another_node_served_faster_is_not_taken_back()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        var ring = await newsroom.RingAsync();
        var ahead = await newsroom.PublishAsync();

        var joined = await newsroom.Joining.JoinAsync(ring, new Position(ahead.Epoch, ahead.Entry.Seq), Cancellation);

        Assert.False(joined.Reset);
        Assert.Empty(joined.Entries);
        Assert.Equal(ahead.Entry.Seq, joined.Position.Seq);
    }

    [Fact]
    public async Task A_reader_who_was_away_for_long_gets_what_changed_from_the_archive()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        await newsroom.FillRingAboveGapAsync();
        var ring = await newsroom.RingAsync();
        Assert.False(ring.State.Reaches(5));

        var joined = await newsroom.Joining.JoinAsync(ring, ring.State.Top with { Seq = 5 }, Cancellation);

        Assert.False(joined.Reset);
        Assert.Equal(500, joined.Entries.Count);
        Assert.Equal(ring.State.Top, joined.Position);
    }

    [Fact]
    public async Task A_reader_who_can_not_go_on_starts_afresh_with_the_newest()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        var last = await newsroom.PublishAsync(510);
        var ring = await newsroom.RingAsync();
        Position?[] positions = [null, new("another", 3), new(last.Epoch, 9_999), new(last.Epoch, ring.State.Floor - 1)];

        foreach (var position in positions)
        {
            var joined = await newsroom.Joining.JoinAsync(ring, position, Cancellation);

            Assert.True(joined.Reset);
            Assert.Equal(20, joined.Entries.Count);
            Assert.Equal(ring.State.Top, joined.Position);
        }
    }
}
