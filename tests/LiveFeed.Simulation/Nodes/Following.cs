using LiveFeed.Contracts;
using LiveFeed.Ticker.Followers;
using LiveFeed.Ticker.Ring;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveFeed.Simulation.Nodes;

/// <summary>
/// How a node brings a ring's changes to one reader's line. Each kind that the product has is one of these; whatever it does
/// inside, what it writes is held against the log.
/// </summary>
internal abstract class Following(Node node, FeedRing ring, Line line)
{
    protected Node Node { get; } = node;

    protected FeedRing Ring { get; } = ring;

    /// <summary>True once the reader follows anew, or is gone. Nothing may be written any more.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Follows until the line is cut or this is stopped; then it throws <see cref="OperationCanceledException"/>.</summary>
    public abstract Task RunAsync(Position position);

    public void Stop() => IsStopped = true;

    protected Task WriteAsync(Message message)
    {
        Node.Checker.Written(Node.Name, message);
        return line.WriteAsync(message, this);
    }
}

/// <summary>The ticker's own follower, whatever the line is.</summary>
internal abstract class FollowerFollowing(Node node, FeedRing ring, Line line) : Following(node, ring, line), IReaderLine
{
    // Without a token that can be cancelled, all that it awaits goes on at the scheduler's word and on no other thread. It ends
    // when it writes to a line that has ended.
    public override Task RunAsync(Position position) =>
        new Follower(Ring, Node.Source, this, NullLogger.Instance).RunAsync(position, CancellationToken.None);

    public abstract Task UpdatedAsync(Position position, Entry entry, long previous, CancellationToken cancellation);

    public abstract Task PositionAsync(Position position, CancellationToken cancellation);

    public abstract Task<Position?> AfreshAsync(Position newest, CancellationToken cancellation);
}

/// <summary>The hub's line, as HubLine writes it.</summary>
internal sealed class HubFollowing(Node node, FeedRing ring, Line line) : FollowerFollowing(node, ring, line)
{
    public override Task UpdatedAsync(Position position, Entry entry, long previous, CancellationToken cancellation) =>
        WriteAsync(new Updated(entry, previous, position));

    public override Task PositionAsync(Position position, CancellationToken cancellation) => WriteAsync(new Told(position));

    public override async Task<Position?> AfreshAsync(Position newest, CancellationToken cancellation)
    {
        await PositionAsync(newest, cancellation);
        return null;
    }
}

/// <summary>A stream of server-sent events, as EventStream writes it.</summary>
internal sealed class StreamFollowing(Node node, FeedRing ring, Line line) : FollowerFollowing(node, ring, line)
{
    public async Task BeginAsync(Followed joined)
    {
        if (joined.Reset)
        {
            await WriteAsync(new ResetEvent(joined));
            return;
        }

        foreach (var entry in joined.Entries)
        {
            await WriteAsync(new UpdatedEvent(joined.Position with { Seq = entry.Seq }, entry));
        }
    }

    public override Task UpdatedAsync(Position position, Entry entry, long previous, CancellationToken cancellation) =>
        WriteAsync(new UpdatedEvent(position, entry));

    // A comment, which the browser keeps to itself.
    public override Task PositionAsync(Position position, CancellationToken cancellation) => Task.CompletedTask;

    public override async Task<Position?> AfreshAsync(Position newest, CancellationToken cancellation)
    {
        var page = await Node.NewestAsync(Ring);
        await WriteAsync(new ResetEvent(new Followed(page.Feed, page.Position, Reset: true, page.Entries)));
        return page.Position;
    }
}
