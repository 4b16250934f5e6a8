using LiveFeed.Contracts;
using LiveFeed.Simulation.Nodes;
using LiveFeed.Simulation.Schedules;
using LiveFeed.Ticker.Ring;

namespace LiveFeed.Simulation.Readers;

/// <summary>A reader of the hub, whichever way the node drives its line.</summary>
internal sealed class HubReader : Reader, IFeedPort
{
    private readonly FeedClient client;
    private readonly Clock clock;
    private int holesBefore;
    private readonly Func<Node, FeedRing, Line, Following> begin;

    public HubReader(
        string name, string kind, Page page, Position? position, Clock clock, Random random, Func<Node, FeedRing, Line, Following> begin)
        : base(name, page)
    {
        Kind = kind;
        this.clock = clock;
        this.begin = begin;
        client = new FeedClient(page, this, position, random.NextDouble);
    }

    public override Position? Position => client.Position;

    public override bool IsLive => client.IsLive;

    public override string Kind { get; }

    /// <summary>True when its client saw a hole on the line that it has now.</summary>
    public bool SawHole => client.Holes > holesBefore;

    public void Follow(Position? position)
    {
        if (Line is { } line)
        {
            _ = Node!.FollowAsync(line, position, begin);
        }
    }

    public void Later(TimeSpan wait, Action action) => clock.Later(wait, action);

    protected override void Opened()
    {
        holesBefore = client.Holes;
        client.Opened();
    }

    protected override void Lost() => client.Lost();

    protected override void Take(Message message)
    {
        switch (message)
        {
            case Answered answered: client.Followed(answered.Answer); break;
            case Refused: client.Refused(); break;
            case Updated updated: client.Updated(updated.Entry, updated.Previous); break;
            case Told told: client.Told(told.Position); break;
            default: throw new InvalidOperationException($"A hub doesn't send {message}.");
        }
    }
}
