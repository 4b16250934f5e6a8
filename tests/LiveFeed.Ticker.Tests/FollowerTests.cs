using System.Threading.Channels;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Followers;
using LiveFeed.Ticker.Ring;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveFeed.Ticker.Tests;

public sealed class FollowerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_is_told_every_change_as_it_comes()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        var ring = await newsroom.RingAsync();
        await using var reader = Reader.Follow(ring, newsroom.Source, ring.State.Top);

        await ring.ApplyAsync(await newsroom.PublishAsync(), Cancellation);
        Assert.Equal(new Told(2, 1), await reader.NextAsync());

        await ring.ApplyAsync(await newsroom.PublishAsync(), Cancellation);
        Assert.Equal(new Told(3, 2), await reader.NextAsync());
    }

    [Fact]
    public async Task A_slow_reader_is_spared_what_was_superseded_meanwhile()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        var ring = await newsroom.RingAsync();
        await using var reader = Reader.Follow(ring, newsroom.Source, ring.State.Top, isSlow: true);

        var first = await newsroom.PublishAsync();
        await ring.ApplyAsync(first, Cancellation);
        Assert.Equal(new Told(2, 1), await reader.NextAsync());

        var second = await newsroom.PublishAsync();
        await ring.ApplyAsync(second, Cancellation);
        await ring.ApplyAsync(await newsroom.EditAsync(second.Entry.Id), Cancellation);
        await ring.ApplyAsync(await newsroom.EditAsync(second.Entry.Id), Cancellation);
        reader.TakeOne();

        Assert.Equal(new Told(5, 2), await reader.NextAsync());
    }

    [Fact]
    public async Task A_reader_below_the_ring_is_told_from_the_archive()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        await newsroom.FillRingAboveGapAsync();
        var ring = await newsroom.RingAsync();
        Assert.False(ring.State.Reaches(5));

        await using var reader = Reader.Follow(ring, newsroom.Source, ring.State.Top with { Seq = 5 });

        Assert.Equal(new Told(12, 5), await reader.NextAsync());
        for (var seq = 13; seq <= ring.State.Top.Seq; seq++)
        {
            Assert.Equal(new Told(seq, seq - 1), await reader.NextAsync());
        }
    }

    [Fact]
    public async Task A_reader_who_lacks_too_much_is_told_to_start_afresh_and_left_with_no_hole()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        var ring = await newsroom.RingAsync();
        await using var reader = Reader.Follow(ring, newsroom.Source, ring.State.Top, isSlow: true);
        await ring.ApplyAsync(await newsroom.PublishAsync(), Cancellation);
        Assert.Equal(new Told(2, 1), await reader.NextAsync());

        await ring.ApplyAsync(await newsroom.PublishAsync(600), Cancellation);
        reader.TakeOne();

        Assert.Equal(new Told(602, 602, IsAfresh: true), await reader.NextAsync());
    }

    [Fact]
    public async Task A_reader_of_another_log_is_told_to_start_afresh_and_nothing_else()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        var ring = await newsroom.RingAsync();
        await using var reader = Reader.Follow(ring, newsroom.Source, new Position("another", 77));

        Assert.True((await reader.NextAsync()).IsAfresh);

        await ring.ApplyAsync(await newsroom.PublishAsync(), Cancellation);
        ring.Pulse();
        Assert.Equal(Told.At(ring.State.Top), await reader.NextAsync());
    }

    [Fact]
    public async Task A_pulse_tells_a_quiet_reader_where_it_stands()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        var ring = await newsroom.RingAsync();
        await using var reader = Reader.Follow(ring, newsroom.Source, ring.State.Top);
        await ring.ApplyAsync(await newsroom.PublishAsync(), Cancellation);
        Assert.Equal(new Told(2, 1), await reader.NextAsync());

        ring.Pulse();

        Assert.Equal(Told.At(ring.State.Top), await reader.NextAsync());
    }

    private sealed record Told(long Seq, long Previous, bool IsAfresh = false)
    {
        public static Told At(Position position) => new(position.Seq, position.Seq);
    }

    /// <summary>A reader's end of the line, which remembers what it was told; a slow one takes the next only when let.</summary>
    private sealed class Reader(bool isSlow) : IReaderLine, IAsyncDisposable
    {
        private readonly Channel<Told> told = Channel.CreateUnbounded<Told>();
        private readonly SemaphoreSlim takes = new(0);
        private readonly CancellationTokenSource stop = new();
        private Task run = Task.CompletedTask;

        public static Reader Follow(FeedRing ring, RingSource source, Position position, bool isSlow = false)
        {
            var reader = new Reader(isSlow);
            reader.run = new Follower(ring, source, reader, NullLogger.Instance).RunAsync(position, reader.stop.Token);
            return reader;
        }

        public ValueTask<Told> NextAsync() => told.Reader.ReadAsync(Cancellation);

        public void TakeOne() => takes.Release();

        public async Task UpdatedAsync(Position position, Entry entry, long previous, CancellationToken cancellation)
        {
            told.Writer.TryWrite(new Told(entry.Seq, previous));
            if (isSlow)
            {
                await takes.WaitAsync(cancellation);
            }
        }

        public Task PositionAsync(Position position, CancellationToken cancellation)
        {
            told.Writer.TryWrite(Told.At(position));
            return Task.CompletedTask;
        }

        public Task<Position?> AfreshAsync(Position newest, CancellationToken cancellation)
        {
            told.Writer.TryWrite(new Told(newest.Seq, newest.Seq, IsAfresh: true));
            return Task.FromResult<Position?>(null);
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stop.Dispose();
            takes.Dispose();
        }
    }
}
