using LiveFeed.Contracts;
using LiveFeed.Simulation.Newsroom;
using LiveFeed.Simulation.Nodes;
using LiveFeed.Simulation.Readers;
using LiveFeed.Ticker.Ring;

namespace LiveFeed.Simulation.Schedules;

/// <summary>
/// One schedule: a newsroom, its nodes and its readers, and all that happens to them, every step of it decided by the seed. In
/// the end everything heals, and within a bounded time every reader must be whole.
/// </summary>
internal sealed partial class Schedule
{
    private static readonly string[] NodeNames = ["north", "south", "east"];
    private static readonly string[] ReaderNames = ["Ada", "Ben", "Cleo", "Dov", "Eva", "Finn", "Gus"];

    // The ways in which a node drives a hub reader's line; each reader gets one of them.
    private static readonly (string Kind, Func<Node, FeedRing, Line, Following> Begin)[] HubPaths =
    [
        ("hub", static (node, ring, line) => new HubFollowing(node, ring, line)),
        ("push", static (node, ring, line) => new PushFollowing(node, ring, line)),
    ];

    private readonly Random random;
    private readonly Action<string>? tell;
    private readonly Scheduler scheduler;
    private readonly Clock clock = new();
    private readonly SimulatedArchive archive;
    private readonly SimulatedCache cache;
    private readonly SimulatedFanOut fanOut;
    private readonly Checker checker;
    private readonly List<Node> nodes = [];
    private readonly List<Reader> readers = [];
    private readonly List<EntryPage> pages = [];
    private readonly List<Submission> submitted = [];
    private readonly int kept;
    private readonly int room;
    private readonly bool hasCache;
    private int submissions;
    private int entries;

    private Schedule(int seed, Action<string>? tell)
    {
        random = new Random(seed);
        this.tell = tell;
        scheduler = new Scheduler(random);
        // Mostly a ring that a few changes fill, now and then one in which readers stand far apart.
        kept = random.Next(4) > 0 ? random.Next(2, 9) : random.Next(9, 30);
        room = random.Next(1, 4);
        hasCache = random.Next(4) > 0;
        archive = new SimulatedArchive(kept, catchUpLimit: random.Next(2, 8), pageLength: random.Next(2, 6));
        cache = new SimulatedCache(kept);
        checker = new Checker(archive);
        fanOut = new SimulatedFanOut(archive, cache, Announce, checker.Broke);
        for (var i = 1 + Math.Max(0, random.Next(4) - 1); i > 0; i--)
        {
            nodes.Add(NewNode(NodeNames[nodes.Count]));
        }

        WriteHistory(random.Next(2 * kept + 6));
        deck = Deal();
    }

    /// <summary>Plays the schedule of a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="tell">Hears each step in words; null when nobody wants to know.</param>
    /// <returns>The promise that was broken; null when all were kept.</returns>
    public static string? Play(int seed, Action<string>? tell = null)
    {
        var schedule = new Schedule(seed, tell);
        return schedule.Run(schedule.random.Next(80, 400)) ?? schedule.Heal();
    }

    private string? Run(int steps)
    {
        // How much of the time goes to what is under way already: a busy node, or one that is slow at everything.
        var busy = random.Next(3, 10);
        for (var step = 0; step < steps && checker.Broken is null; step++)
        {
            if (scheduler.Ready > 0 && random.Next(10) < busy)
            {
                scheduler.GoOn();
            }
            else
            {
                scheduler.Do(deck[random.Next(deck.Count)]);
            }

            Check();
        }

        return checker.Broken;
    }

    private void Check()
    {
        foreach (var node in nodes)
        {
            checker.Ring(node);
        }

        if (scheduler.HasEscaped)
        {
            checker.Broke(new InvalidOperationException("Something went on on another thread, where no seed decides when."));
        }
    }

    private void Announce(EntryChanged change)
    {
        // Who announces is asked to leave the body out; nobody can be sure that all do.
        var announced = random.Next(8) > 0 ? change : change with { Entry = change.Entry with { Body = "As written" } };
        foreach (var node in nodes.Where(node => !node.IsCut))
        {
            node.Queue.Add(announced);
        }
    }

    private Node NewNode(string name) => new(name, kept, room, archive, hasCache ? cache : null, clock, checker);
}
