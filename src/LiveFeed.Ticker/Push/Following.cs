using LiveFeed.Contracts;
using LiveFeed.Ticker.Receipts;
using LiveFeed.Ticker.Ring;

namespace LiveFeed.Ticker.Push;

/// <summary>
/// One reader's following of one feed: a position in the ring, and nothing else. So however slowly a reader reads, what it is
/// still to be told costs nothing, and is the newest there is when it reads on.
/// </summary>
internal sealed class Following(FeedRing ring, Batches batches, Position position) : Screen
{
    // Set when what the reader holds can't be brought up to date change by change. Then only its own Follow helps.
    private bool mustAsk;

    /// <summary>The feed's ring.</summary>
    public FeedRing Ring { get; } = ring;

    /// <summary>What the reader has been told up to.</summary>
    public Position Position { get; private set; } = position;

    /// <inheritdoc/>
    public override long Began { get; } = position.Seq;

    /// <inheritdoc/>
    public override long Told => mustAsk ? -1 : Position.Seq;

    /// <summary>The next frame for the reader; null when there is nothing to tell.</summary>
    public byte[]? TakeNext(out int changes)
    {
        changes = 0;
        var state = Ring.State;
        if (mustAsk || IsLevel(state))
        {
            return null;
        }

        if (state.Top.Epoch != Position.Epoch || !state.Reaches(Position.Seq))
        {
            mustAsk = true;
            return batches.Position(state.Top);
        }

        var batch = batches.After(state, Position.Seq);
        changes = batch.Changes;
        if (changes == 0)
        {
            // A ring's top always has its entry. If that were ever not so, a reader would have to wait, not to be told nothing forever.
            return null;
        }

        Position = Position with { Seq = batch.UpTo };
        return batch.Frame;
    }

    /// <summary>Tells where the reader stands; to one who must ask, where the feed does.</summary>
    public byte[] Where() => batches.Position(mustAsk ? Ring.State.Top : Position);

    private bool IsLevel(RingState state) => state.Top.Seq <= Position.Seq && state.Top.Epoch == Position.Epoch;
}
