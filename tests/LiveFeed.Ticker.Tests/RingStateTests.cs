using LiveFeed.Contracts;
using LiveFeed.Ticker.Ring;

namespace LiveFeed.Ticker.Tests;

public sealed class RingStateTests
{
    private readonly Log log = new();

    [Fact]
    public void The_next_change_joins_on()
    {
        var ring = RingState.Of(log.Recent(10), 10);

        var step = ring.Apply(log.Publish());

        Assert.Equal(RingStepKind.Applied, step.Kind);
        Assert.Equal(log.Position, step.State.Top);
        Assert.Equal(1, Assert.Single(step.State.Entries).Seq);
    }

    [Fact]
    public void A_repeat_changes_nothing()
    {
        log.Publish();
        log.Publish();
        var ring = RingState.Of(log.Recent(10), 10);

        var step = ring.Apply(log.Announce(1));

        Assert.Equal(RingStepKind.Repeat, step.Kind);
        Assert.Same(ring, step.State);
    }

    [Fact]
    public void A_change_after_a_missing_one_is_not_taken_in()
    {
        var ring = RingState.Of(log.Recent(10), 10);
        log.Publish();

        var step = ring.Apply(log.Publish());

        Assert.Equal(RingStepKind.Hole, step.Kind);
        Assert.Same(ring, step.State);
    }

    [Fact]
    public void A_change_of_another_log_is_not_taken_in()
    {
        var ring = RingState.Of(log.Recent(10), 10);

        var step = ring.Apply(new Log("second").Publish());

        Assert.Equal(RingStepKind.OtherEpoch, step.Kind);
        Assert.Same(ring, step.State);
    }

    [Fact]
    public void A_hole_is_closed_by_the_stretch_that_fills_it()
    {
        var id = log.Publish().Entry.Id;
        var ring = RingState.Of(log.Recent(10), 10);
        log.Publish();
        log.Change(id);
        var last = log.Publish();

        var filled = ring.Join(log.Since(1));

        Assert.NotNull(filled);
        Assert.Equal([2L, 3L, 4L], filled.Entries.Select(entry => entry.Seq));
        Assert.Equal(RingStepKind.Repeat, filled.Apply(last).Kind);
    }

    [Fact]
    public void A_stretch_that_leaves_a_hole_is_not_joined()
    {
        log.Publish();
        var ring = RingState.Of(log.Recent(10), 10);
        log.Publish();
        log.Publish();

        Assert.Null(ring.Join(log.Since(2)));
        Assert.Null(ring.Join(new Log("second").Since(0)));
    }

    [Fact]
    public void A_stretch_that_ends_earlier_takes_nothing_back()
    {
        log.Publish();
        var earlier = log.Since(0);
        log.Publish();
        var ring = RingState.Of(log.Recent(10), 10);

        Assert.Same(ring, ring.Join(earlier));
    }

    [Fact]
    public void Superseded_states_are_left_out()
    {
        var id = log.Publish().Entry.Id;
        log.Publish();
        log.Change(id);
        log.Change(id, EntryStatus.Retracted);
        var ring = RingState.Of(log.Recent(10), 10);

        Assert.Equal([2L, 4L], ring.After(0).Select(entry => entry.Seq));
        Assert.Equal((4, 2), Change(ring, 2));
        Assert.Equal((4, 2), Change(ring, 3));
        Assert.Equal(RingNextKind.Level, Next(ring, 4).Kind);
        Assert.Equal(RingNextKind.Level, Next(ring, 99).Kind);
    }

    [Fact]
    public void What_falls_out_raises_the_floor()
    {
        var ring = RingState.Of(log.Recent(3), 3);
        for (var i = 0; i < 5; i++)
        {
            ring = ring.Apply(log.Publish()).State;
        }

        Assert.Equal(2, ring.Floor);
        Assert.Equal([3L, 4L, 5L], ring.Entries.Select(entry => entry.Seq));
        Assert.True(ring.Reaches(2));
        Assert.False(ring.Reaches(1));
    }

    [Fact]
    public void Nothing_is_told_to_who_stands_below_the_floor()
    {
        for (var i = 0; i < 5; i++)
        {
            log.Publish();
        }

        var ring = RingState.Of(log.Recent(3), 3);

        Assert.Equal(RingNextKind.BelowFloor, Next(ring, 1).Kind);
        Assert.Throws<ArgumentOutOfRangeException>(() => ring.After(1));
    }

    [Fact]
    public void An_empty_feed_has_a_ring_that_reaches_everyone()
    {
        var ring = RingState.Of(log.Recent(3), 3);

        Assert.True(ring.Reaches(0));
        Assert.Empty(ring.After(0));
        Assert.Equal(RingNextKind.Level, Next(ring, 0).Kind);
    }

    [Fact]
    public void Nothing_is_told_to_who_stands_in_another_log()
    {
        log.Publish();
        var ring = RingState.Of(log.Recent(3), 3);

        Assert.Equal(RingNextKind.OtherEpoch, ring.NextAfter(new Position("another", 0)).Kind);
    }

    private static RingNext Next(RingState ring, long seq) => ring.NextAfter(ring.Top with { Seq = seq });

    private static (long Seq, long Previous) Change(RingState ring, long seq) =>
        Next(ring, seq) is { Kind: RingNextKind.Change } next ? (next.Entry!.Seq, next.Previous) : throw new InvalidOperationException("Nothing comes next.");
}
