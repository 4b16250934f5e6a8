using LiveFeed.Contracts;

namespace LiveFeed.Simulation.Readers;

/// <summary>What the client needs from outside.</summary>
internal interface IFeedPort
{
    /// <summary>Calls <c>Follow(feed, position)</c>.</summary>
    void Follow(Position? position);

    void Later(TimeSpan wait, Action action);
}

/// <summary>feed-client.ts, line by line; the vectors in follow.json hold the two to each other.</summary>
internal sealed class FeedClient(Page view, IFeedPort port, Position? position, Func<double> random)
{
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(3);
    private const int Waiting = 1_000;

    private readonly Queue<(Entry Entry, long Previous)> waiting = [];
    private readonly Retry retry = new(random);
    private ClientState state = ClientState.Lost;
    private int line;
    private bool watching;

    /// <summary>Null: nothing was seen yet.</summary>
    public Position? Position { get; private set; } = position;

    public bool IsLive => state is ClientState.Live;

    /// <summary>How many holes it has seen.</summary>
    public int Holes { get; private set; }

    public void Opened()
    {
        line++;
        Ask();
    }

    public void Lost()
    {
        line++;
        state = ClientState.Lost;
        waiting.Clear();
        watching = false;
    }

    public void Followed(Followed answer)
    {
        var before = Position;
        if (before is not { } held || !IsBehind(answer.Position, held))
        {
            if (answer.Reset)
            {
                view.Reset(answer.Entries);
            }
            else
            {
                foreach (var entry in answer.Entries)
                {
                    view.Apply(entry);
                }
            }

            Position = answer.Position;
        }

        state = ClientState.Live;
        if (waiting.Count > 0 && before is { } left && left.Epoch != answer.Position.Epoch)
        {
            waiting.Clear();
            Ask();
        }
        else if (!Drain())
        {
            Ask(later: before == Position);
        }
    }

    public void Refused() => Ask(later: true);

    public void Updated(Entry entry, long previous)
    {
        if (state is ClientState.Lost)
        {
            return;
        }

        waiting.Enqueue((entry, previous));
        if (waiting.Count > Waiting)
        {
            waiting.Dequeue();
        }

        if (state is ClientState.Live && !Drain())
        {
            Ask();
        }
    }

    public void Told(Position told)
    {
        if (Position is not { } held || state is not ClientState.Live)
        {
            return;
        }

        if (told.Epoch != held.Epoch)
        {
            Ask();
        }
        else if (told.Seq > held.Seq)
        {
            Watch(told.Seq);
        }
    }

    private void Ask(bool later = false)
    {
        state = ClientState.Asking;
        if (!later)
        {
            port.Follow(Position);
            return;
        }

        var now = line;
        port.Later(retry.Next(), () =>
        {
            if (line == now && state is ClientState.Asking)
            {
                Ask();
            }
        });
    }

    private bool Drain()
    {
        while (Position is { } held && waiting.TryPeek(out var next))
        {
            if (next.Entry.Seq > held.Seq)
            {
                if (next.Previous > held.Seq)
                {
                    Holes++;
                    return false;
                }

                view.Apply(next.Entry);
                Position = held with { Seq = next.Entry.Seq };
            }

            waiting.Dequeue();
        }

        retry.Reset();
        return true;
    }

    private void Watch(long seq)
    {
        if (watching)
        {
            return;
        }

        watching = true;
        var now = line;
        port.Later(Stall, () =>
        {
            if (line != now)
            {
                return;
            }

            watching = false;
            if (state is ClientState.Live && (Position?.Seq ?? 0) < seq)
            {
                Ask();
            }
        });
    }

    private static bool IsBehind(Position a, Position b) => a.Epoch == b.Epoch && a.Seq < b.Seq;

    private enum ClientState
    {
        Lost,
        Asking,
        Live,
    }
}
