using LiveFeed.Contracts;
using LiveFeed.Simulation.Nodes;

namespace LiveFeed.Simulation.Readers;

/// <summary>A reader of server-sent events: a browser's EventSource, which comes back with the last id it saw.</summary>
internal sealed class EventReader(string name, Page page, Position? position) : Reader(name, page)
{
    private Position? seen = position;

    public override Position? Position => seen;

    public override bool IsLive => Line is { IsCut: false, Following: not null };

    public override string Kind => "stream";

    protected override void Opened() => _ = Node!.StreamAsync(Line!, seen);

    protected override void Lost()
    {
    }

    protected override void Take(Message message)
    {
        switch (message)
        {
            case UpdatedEvent updated:
                Page.Apply(updated.Entry);
                seen = updated.Id;
                break;
            case ResetEvent reset:
                Page.Reset(reset.Newest.Entries);
                seen = reset.Newest.Position;
                break;
            default: throw new InvalidOperationException($"A stream doesn't send {message}.");
        }
    }
}
