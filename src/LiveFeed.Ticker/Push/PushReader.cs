using System.Net.Sockets;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Partners;
using LiveFeed.Ticker.Sockets;

namespace LiveFeed.Ticker.Push;

/// <summary>
/// A reader's connection, as it is written to: whoever has something to tell calls, and nobody ever waits. While the line takes
/// no more, everything stays where it is; when it does again, the reader goes on from its place.
/// </summary>
internal sealed class PushReader(Line line, Shard shard)
{
    private readonly Lock gate = new();
    private readonly Backlog backlog = new();
    private bool sending;
    private long stalledAt;
    private long toldAt = shard.Now;
    private long heardAt = shard.Now;
    private bool pinged;
    private readonly long begun = shard.Now;
    private CloseReason? end;
    private HubSession? session;
    private TaskCompletionSource? answered;

    /// <summary>The shard that serves this reader.</summary>
    public Shard Shard => shard;

    /// <summary>Why the connection ended; null while it lasts.</summary>
    public CloseReason? End => Volatile.Read(ref end);

    /// <summary>How many feeds the reader follows.</summary>
    public int Feeds
    {
        get
        {
            lock (gate)
            {
                return backlog.Count;
            }
        }
    }

    /// <summary>Something came from the reader.</summary>
    public void Heard() => (heardAt, pinged) = (shard.Now, false);

    /// <summary>The handshake is done.</summary>
    public void ShookHands(HubSession with) => session = with;

    /// <summary>Sends a frame before anything that is not on its way yet.</summary>
    public void Answer(byte[] frame)
    {
        lock (gate)
        {
            backlog.Add(frame);
            Write();
            if (backlog.IsFull)
            {
                Break(CloseReason.Stalled);
            }
        }
    }

    /// <summary>
    /// Completes when the line has taken all answers, or the connection has ended. Until then no further call is of use: an answer
    /// is as large as twenty entries are, and who takes none may call on and on.
    /// </summary>
    public Task AnsweredAsync()
    {
        lock (gate)
        {
            return end is null && backlog.HasAnswers
                ? (answered ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task
                : Task.CompletedTask;
        }
    }

    /// <summary>Sends an answer, then everything that comes after the following's position. An earlier following of the feed ends.</summary>
    public void Follow(Following following, byte[]? answer)
    {
        lock (gate)
        {
            Stop(following.Ring.Feed.Slug);
            if (answer is not null)
            {
                backlog.Add(answer);
            }

            backlog.Start(following);
            Write();
        }

        shard.Add(following, this);
    }

    /// <summary>The following of a feed; null when it isn't followed.</summary>
    public Following? Of(string feed)
    {
        lock (gate)
        {
            return backlog.Of(feed);
        }
    }

    /// <summary>Tells nothing more of a feed.</summary>
    public void Unfollow(string feed)
    {
        lock (gate)
        {
            Stop(feed);
        }
    }

    /// <summary>Ends all followings, and says which they were.</summary>
    public IReadOnlyList<Following> Leave()
    {
        lock (gate)
        {
            var left = backlog.Followings;
            foreach (var following in left)
            {
                backlog.Stop(following);
            }

            return left;
        }
    }

    /// <summary>A ring has moved: tells what there is to tell, if the line is free.</summary>
    public void Tell()
    {
        lock (gate)
        {
            Write();
        }
    }

    /// <summary>The line has taken a part of what it was given.</summary>
    public void ReadsOn()
    {
        lock (gate)
        {
            stalledAt = shard.Now;
        }
    }

    /// <summary>The line has taken what it was given, or broke.</summary>
    public void Sent(SocketError error)
    {
        lock (gate)
        {
            sending = false;
            toldAt = shard.Now;
            if (error is not SocketError.Success)
            {
                Break(CloseReason.Gone);
                return;
            }

            Write();
        }
    }

    /// <summary>
    /// Looks after the connection once a second: tells a quiet reader where it stands, asks a silent one whether it is there, and
    /// cuts one that takes nothing.
    /// </summary>
    public void Tick()
    {
        lock (gate)
        {
            var now = shard.Now;
            if (end is not null)
            {
                return;
            }

            if (sending)
            {
                if (now - stalledAt >= Patience.Stalled)
                {
                    Break(CloseReason.Stalled);
                }
            }
            else if (session is null && now - begun >= Patience.Handshake)
            {
                Break(CloseReason.NoHandshake);
            }
            else if (now - heardAt >= Patience.Silent)
            {
                Break(CloseReason.Silent);
            }
            else if (!pinged && now - heardAt >= Patience.Ask)
            {
                pinged = true;
                backlog.Add(Frame.Of(OpCode.Ping, []));
                Write();
            }
            else if (backlog.Count > 0 && now - toldAt >= Patience.Quiet)
            {
                foreach (var following in backlog.Followings)
                {
                    backlog.Add(following.Where());
                }

                Write();
            }
        }
    }

    /// <summary>Ends the connection, and tells the reader why if the line is free.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="farewell">What is sent last.</param>
    public void Close(CloseReason reason, params ReadOnlySpan<byte[]> farewell)
    {
        lock (gate)
        {
            if (end is not null)
            {
                return;
            }

            // What it is owed, then the farewell, and nothing after that (RFC 6455, section 5.5.1).
            Write();
            foreach (var following in backlog.Followings.ToList())
            {
                Stop(following.Ring.Feed.Slug);
            }

            foreach (var frame in farewell)
            {
                backlog.Add(frame);
            }

            Write();
            var told = !sending;
            end = reason;
            if (told)
            {
                Finish();
            }
            else
            {
                line.Close(atOnce: true);
            }

            SeeWhetherAnswered();
        }
    }

    /// <summary>Cuts the reader off if it follows a feed that its site may not show.</summary>
    public void CutOff(Func<Feed, Site, bool> isRefused)
    {
        if (session is { } talking && FollowsAny(feed => isRefused(feed, talking.Site)))
        {
            talking.End(CloseReason.NotForThisSite);
        }
    }

    /// <summary>Asks the reader to go to another node in a while.</summary>
    public void SendAway(TimeSpan after) => session?.Say("Reconnect", (long)after.TotalMilliseconds);

    /// <summary>Sends the reader away now; it comes back elsewhere.</summary>
    public void SendAway()
    {
        if (session is { } talking)
        {
            talking.End(CloseReason.GoingAway);
        }
        else
        {
            Close(CloseReason.GoingAway);
        }
    }

    private bool FollowsAny(Func<Feed, bool> isSuch)
    {
        lock (gate)
        {
            return backlog.Followings.Any(following => isSuch(following.Ring.Feed));
        }
    }

    // All that follows runs under the gate.

    private void Stop(string feed)
    {
        if (backlog.Of(feed) is { } following)
        {
            backlog.Stop(following);
            shard.Remove(following);
        }
    }

    private void Write()
    {
        while (!sending && end is null && backlog.TakeNext(out var changes) is { } frame)
        {
            Write(frame, changes);
        }

        SeeWhetherAnswered();
    }

    private void SeeWhetherAnswered()
    {
        if (answered is not null && (end is not null || !backlog.HasAnswers))
        {
            answered.SetResult();
            answered = null;
        }
    }

    private void Write(byte[] frame, int changes)
    {
        sending = true;
        try
        {
            var taken = line.Send(frame);
            if (taken == frame.Length || SendOperation.Send(this, line.Socket, frame.AsMemory(taken)))
            {
                sending = false;
                toldAt = shard.Now;
            }
            else
            {
                stalledAt = shard.Now;
            }

            shard.Count(changes);
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            sending = false;
            Break(CloseReason.Gone);
        }
    }

    private void Finish()
    {
        if (line.IsOver)
        {
            return;
        }

        line.Wake();
        try
        {
            line.Socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // Then there is nobody to be told.
        }
    }

    private void Break(CloseReason reason)
    {
        end ??= reason;
        line.Close(atOnce: true);
        SeeWhetherAnswered();
    }
}
