namespace LiveFeed.Simulation.Nodes;

/// <summary>
/// A reader's connection to a node. What is written keeps its order and waits until the reader reads it; when as much waits as
/// the line takes, the writer waits too. It may be cut at any time, and what was under way is lost.
/// </summary>
internal sealed class Line(int room)
{
    private readonly Queue<Message> underWay = [];
    private TaskCompletionSource freed = new();

    /// <summary>True once neither end hears of the other.</summary>
    public bool IsCut { get; private set; }

    /// <summary>What the node does for this reader; null before it follows.</summary>
    public Following? Following { get; set; }

    /// <summary>True when there is something to read.</summary>
    public bool HasMore => underWay.Count > 0;

    /// <summary>Writes when there is room.</summary>
    /// <exception cref="OperationCanceledException">The line was cut, or the following ended.</exception>
    public async Task WriteAsync(Message message, Following writer)
    {
        while (underWay.Count >= room && !IsCut && !writer.IsStopped)
        {
            await freed.Task;
        }

        if (IsCut || writer.IsStopped)
        {
            throw new OperationCanceledException();
        }

        underWay.Enqueue(message);
    }

    /// <summary>Writes an answer; those find room, since a reader asks for one at a time.</summary>
    public void Write(Message message)
    {
        if (!IsCut)
        {
            underWay.Enqueue(message);
        }
    }

    public Message Read()
    {
        var message = underWay.Dequeue();
        Wake();
        return message;
    }

    public void Cut()
    {
        IsCut = true;
        underWay.Clear();
        Stop();
    }

    /// <summary>Ends the following; nothing of it is written any more.</summary>
    public void Stop()
    {
        Following?.Stop();
        Wake();
    }

    private void Wake()
    {
        var waiting = freed;
        freed = new();
        waiting.SetResult();
    }
}
