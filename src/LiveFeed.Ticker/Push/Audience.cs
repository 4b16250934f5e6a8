using LiveFeed.Ticker.Ring;

namespace LiveFeed.Ticker.Push;

/// <summary>A feed's readers in one shard. Only the shard's thread touches it, but for the ring's word that it moved.</summary>
internal sealed class Audience : IDisposable
{
    private readonly Shard shard;
    private readonly FeedRing ring;
    private readonly List<Following> followings = [];
    private int waits;

    public Audience(Shard shard, FeedRing ring)
    {
        (this.shard, this.ring) = (shard, ring);
        ring.MovedOn += Moved;
    }

    public void Add(Following following)
    {
        following.Place = followings.Count;
        followings.Add(following);
    }

    public void Remove(Following following)
    {
        // It may have been taken out before, when the reader left while it unfollowed.
        if (following.Place is { } place)
        {
            followings[place] = followings[^1];
            followings[place].Place = place;
            followings.RemoveAt(followings.Count - 1);
            following.Place = null;
        }
    }

    /// <summary>From here on, a move of the ring asks for another walk.</summary>
    public void Begin() => Interlocked.Exchange(ref waits, 0);

    public void Walk(Action<PushReader> tell)
    {
        foreach (var following in followings)
        {
            tell(following.Reader);
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
