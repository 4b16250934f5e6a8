using LiveFeed.Archive;
using LiveFeed.Contracts;

namespace LiveFeed.Ticker.Ring;

/// <summary>
/// A feed as this node knows it: its description, the end of its log, and the signal that followers wait for. Changes are made
/// one at a time; reading takes no lock.
/// </summary>
public sealed class FeedRing(Feed feed, Stretch stretch, RingSource source) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private volatile Feed feed = feed;
    private volatile RingState state = RingState.Of(stretch, source.Kept);
    private volatile TaskCompletionSource moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Announcement announced = new(stretch.Top);
    private long pulses;

    /// <summary>The feed's description.</summary>
    public Feed Feed => feed;

    /// <summary>The end of the log as it stands here.</summary>
    public RingState State => state;

    /// <summary>Up to where changes were announced to this node, or stood when the ring was loaded.</summary>
    public Position Announced => announced.Position;

    /// <summary>Ends at the next change or pulse. Take it before looking at <see cref="State"/>, or a change in between is missed.</summary>
    public Task Moved => moved.Task;

    /// <summary>Is told after every change of <see cref="State"/>, by who made it; so it must not take long, nor throw.</summary>
    public event Action? MovedOn;

    /// <summary>How many pulses there were; each one asks every follower to tell its position.</summary>
    public long Pulses => Volatile.Read(ref pulses);

    /// <summary>
    /// Takes a change in. What is missing before it is fetched first; a change that still doesn't join on then is left to the
    /// regular comparison. Nothing is ever told out of order.
    /// </summary>
    /// <returns>False when the change could not be taken in: the sources don't have what lies before it, or its log, yet.</returns>
    /// <exception cref="System.Data.Common.DbException">The archive can't be reached; the ring stays as it was.</exception>
    public async Task<bool> ApplyAsync(EntryChanged change, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(change);
        await turn.WaitAsync(cancellation);
        try
        {
            // A body never belongs into what is pushed, whoever announced it.
            if (change.Entry.Body is not null)
            {
                change = change with { Entry = change.Entry with { Body = null, BodyFormat = null } };
            }

            announced = announced.With(new Position(change.Epoch, change.Entry.Seq));
            var step = state.Apply(change);
            if (step.Kind is RingStepKind.OtherEpoch)
            {
                await ReloadAsync(cancellation);
                return state.Top.Epoch == change.Epoch && state.Top.Seq >= change.Entry.Seq;
            }

            if (step.Kind is RingStepKind.Hole)
            {
                await FillAsync(change.Entry.Seq - 1, cancellation);
                step = state.Apply(change);
            }

            MoveTo(step.State);
            return step.Kind is RingStepKind.Applied or RingStepKind.Repeat;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Catches up until <paramref name="known"/> stands here, if the sources know that much.</summary>
    /// <returns>True when the ring holds it now.</returns>
    /// <exception cref="System.Data.Common.DbException">The archive can't be reached; the ring stays as it was.</exception>
    public async Task<bool> CatchUpAsync(Position known, CancellationToken cancellation)
    {
        if (Holds(known))
        {
            return true;
        }

        await turn.WaitAsync(cancellation);
        try
        {
            if (known.Epoch != state.Top.Epoch)
            {
                await ReloadAsync(cancellation);
            }
            else if (known.Seq > state.Top.Seq)
            {
                await FillAsync(known.Seq, cancellation);
            }

            return Holds(known);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The feed's title, language, time zone or status changed.</summary>
    public void Describe(Feed changed) => feed = changed;

    /// <summary>Wakes every follower to tell its position.</summary>
    public void Pulse()
    {
        Interlocked.Increment(ref pulses);
        Wake();
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private bool Holds(Position position) => state.Top.Epoch == position.Epoch && state.Top.Seq >= position.Seq;

    private async Task FillAsync(long upTo, CancellationToken cancellation)
    {
        var slug = feed.Slug;
        if (await source.CachedSinceAsync(slug, state.Top) is { } cached && state.Join(cached) is { } joined)
        {
            MoveTo(joined);
        }

        if (state.Top.Seq >= upTo)
        {
            return;
        }

        if (await source.SinceAsync(slug, state.Top, cancellation) is { } archived && state.Join(archived) is { } whole)
        {
            MoveTo(whole);
        }
        else
        {
            // More is missing than a ring keeps, or the log is another one: then the end of the log is all that is needed.
            await ReloadAsync(cancellation);
        }
    }

    private async Task ReloadAsync(CancellationToken cancellation)
    {
        // The same log, but shorter than what stands here, would take readers back; that is never right.
        if (await source.RecentAsync(feed.Slug, cancellation) is { } recent
            && (recent.Top.Epoch != state.Top.Epoch || recent.Top.Seq > state.Top.Seq))
        {
            MoveTo(RingState.Of(recent, source.Kept));
        }
    }

    private void MoveTo(RingState next)
    {
        if (!ReferenceEquals(next, state))
        {
            state = next;
            Wake();
            MovedOn?.Invoke();
        }
    }

    private void Wake() =>
        Interlocked.Exchange(ref moved, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    private sealed record Announcement(Position Position)
    {
        // They may come late and twice.
        public Announcement With(Position heard) => heard.Epoch == Position.Epoch && heard.Seq <= Position.Seq ? this : new(heard);
    }
}
