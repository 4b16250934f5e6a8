using System.Data.Common;
using LiveFeed.Contracts;
using LiveFeed.Simulation.Newsroom;
using LiveFeed.Ticker.Followers;
using LiveFeed.Ticker.Ring;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveFeed.Simulation.Nodes;

/// <summary>A ticker node: the real rings, their source, joining and comparison, and around them what the hub and the consumer do.</summary>
internal sealed class Node
{
    private readonly List<Line> lines = [];
    private readonly RingComparison comparison;
    private bool comparing;

    public Node(string name, int kept, int room, SimulatedArchive archive, SimulatedCache? cache, TimeProvider clock, Checker checker)
    {
        Name = name;
        Room = room;
        Checker = checker;
        Source = new RingSource(archive, archive, cache) { Kept = kept };
        Rings = new Rings(Source, clock);
        Snapshots = new Snapshots(archive, clock);
        Joining = new Joining(Source, Snapshots);
        comparison = new RingComparison(Rings, Source, NullLogger.Instance);
    }

    public string Name { get; }

    /// <summary>What LiveFeed's own push writes.</summary>
    public Frames Frames { get; } = new();

    public int Room { get; }

    public Checker Checker { get; }

    public RingSource Source { get; }

    public Rings Rings { get; }

    public Snapshots Snapshots { get; }

    public Joining Joining { get; }

    /// <summary>The announcements on the node's own queue.</summary>
    public List<EntryChanged> Queue { get; } = [];

    /// <summary>True while the broker's announcements don't reach it.</summary>
    public bool IsCut { get; set; }

    /// <summary>The ring, once somebody has asked for it.</summary>
    public FeedRing? Ring { get; private set; }

    public Line Open()
    {
        var line = new Line(Room);
        lines.Add(line);
        return line;
    }

    /// <summary>The process ends: its ring, its queue and all its lines are gone.</summary>
    public void End()
    {
        foreach (var line in lines)
        {
            line.Cut();
        }
    }

    /// <summary>As EntryChangedConsumer does.</summary>
    public async Task TakeInAsync(EntryChanged change)
    {
        try
        {
            if (await Rings.FindLoadedAsync(change.Entry.Feed, CancellationToken.None) is { } ring)
            {
                await ring.ApplyAsync(change, CancellationToken.None);
            }
        }
        catch (Exception failure) when (IsExpected(failure))
        {
        }
        catch (Exception failure)
        {
            Checker.Broke(failure);
        }
    }

    /// <summary>As TickerHub.Follow does, on a line of its own.</summary>
    public async Task FollowAsync(Line line, Position? seen, Func<Node, FeedRing, Line, Following> begin)
    {
        await Task.Yield();
        try
        {
            var ring = await FindRingAsync();
            var answer = await Joining.JoinAsync(ring, seen, CancellationToken.None);
            Checker.Answered(Name, seen, answer);
            line.Stop();
            if (!line.IsCut)
            {
                line.Following = begin(this, ring, line);
                _ = RunAsync(line, line.Following, answer.Position);
                // What is pushed may overtake the answer.
                await Task.Yield();
                line.Write(new Answered(answer));
            }
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            line.Write(new Refused());
        }
        catch (Exception failure)
        {
            Checker.Broke(failure);
        }
    }

    /// <summary>As StreamApi does: the answer is the beginning of the stream. What fails ends the stream.</summary>
    public async Task StreamAsync(Line line, Position? seen)
    {
        await Task.Yield();
        try
        {
            var ring = await FindRingAsync();
            var joined = await Joining.JoinAsync(ring, seen, CancellationToken.None);
            Checker.Answered(Name, seen, joined);
            var stream = new StreamFollowing(this, ring, line);
            line.Following = stream;
            await stream.BeginAsync(joined);
            await stream.RunAsync(joined.Position);
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            line.Cut();
        }
        catch (Exception failure)
        {
            Checker.Broke(failure);
        }
    }

    /// <summary>A page, as a visitor's browser or a shared cache gets it; null when it can't be had.</summary>
    public async Task<EntryPage?> PageAsync()
    {
        try
        {
            return await NewestAsync(await FindRingAsync());
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            return null;
        }
        catch (Exception failure)
        {
            Checker.Broke(failure);
            return null;
        }
    }

    public async Task<EntryPage> NewestAsync(FeedRing ring)
    {
        var before = ring.State.Top;
        var page = await Snapshots.NewestAsync(ring, CancellationToken.None);
        Checker.Page(Name, before, page);
        return page;
    }

    /// <summary>One comparison, as RingWatch makes them.</summary>
    public async Task CompareAsync(bool askArchive)
    {
        if (comparing)
        {
            return;
        }

        comparing = true;
        try
        {
            await comparison.FindBehindAsync(askArchive, CancellationToken.None);
        }
        catch (Exception failure) when (IsExpected(failure))
        {
        }
        catch (Exception failure)
        {
            Checker.Broke(failure);
        }

        comparing = false;
    }

    private static bool IsExpected(Exception failure) => failure is DbException or OperationCanceledException;

    private async Task<FeedRing> FindRingAsync() =>
        Ring = await Rings.FindAsync(Log.Feed, CancellationToken.None) ?? throw new InvalidOperationException("The feed is gone.");

    private async Task RunAsync(Line line, Following following, Position position)
    {
        await Task.Yield();
        try
        {
            await following.RunAsync(position);
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            line.Cut();
        }
        catch (Exception failure)
        {
            Checker.Broke(failure);
        }
    }
}
