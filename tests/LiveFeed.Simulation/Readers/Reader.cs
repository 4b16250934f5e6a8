using LiveFeed.Contracts;
using LiveFeed.Simulation.Nodes;

namespace LiveFeed.Simulation.Readers;

/// <summary>Somebody with the ticker open: a page, and a line to a node that may break and be replaced.</summary>
internal abstract class Reader(string name, Page page)
{
    public string Name => name;

    public Page Page => page;

    /// <summary>The line to a node; null while there is none.</summary>
    public Line? Line { get; private set; }

    /// <summary>The node at the line's other end.</summary>
    public Node? Node { get; private set; }

    /// <summary>A sleeping tab reads nothing, and its line fills up.</summary>
    public bool Sleeps { get; set; }

    /// <summary>What the reader has seen; null when nothing yet.</summary>
    public abstract Position? Position { get; }

    /// <summary>True when news reach the page as they come.</summary>
    public abstract bool IsLive { get; }

    /// <summary>The kind of line, in words.</summary>
    public abstract string Kind { get; }

    public void Connect(Node node)
    {
        Node = node;
        Line = node.Open();
        Opened();
    }

    public void Lose()
    {
        Line?.Cut();
        Line = null;
        Node = null;
        Lost();
    }

    /// <summary>Reads the next message.</summary>
    public Message Read()
    {
        var message = Line!.Read();
        Take(message);
        return message;
    }

    protected abstract void Opened();

    protected abstract void Lost();

    protected abstract void Take(Message message);
}
