using LiveFeed.Ticker.Receipts;
using LiveFeed.Ticker.Ring;

namespace LiveFeed.Ticker.Push;

/// <summary>A feed's readers in one shard. Only the shard's thread touches it, but for the ring's word that it moved.</summary>
internal sealed class Audience : IDisposable
{
    private readonly Shard shard;
    private readonly FeedRing ring;
    private readonly Dictionary<Following, PushReader> followings = [];
    private readonly Deliveries deliveries;
    private int waits;

    public Audience(Shard shard, FeedRing ring, Deliveries deliveries)
    {
        (this.shard, this.ring, this.deliveries) = (shard, ring, deliveries);
        ring.MovedOn += Moved;
    }

    public void Add(Following following, PushReader reader)
    {
        followings.Add(following, reader);
        deliveries.ScreensMoved();
    }

    /// <summary>Takes one out, if it hasn't been taken out before: a reader may leave while it unfollows.</summary>
    public void Remove(Following following)
    {
        followings.Remove(following);
        deliveries.ScreensMoved();
    }

    /// <summary>From here on, a move of the ring asks for another walk.</summary>
    public void Begin() => Interlocked.Exchange(ref waits, 0);

    public void Walk(Action<PushReader> tell)
    {
        foreach (var reader in followings.Values)
        {
            tell(reader);
        }
    }

    public void Count(Tally tally)
    {
        foreach (var following in followings.Keys)
        {
            tally.Add(following);
        }
    }

    public void Dispose() => ring.MovedOn -= Moved;

    private void Moved()
    {
        if (Interlocked.Exchange(ref waits, 1) == 0)
        {
            shard.Moved(this);
        }
    }
}
