namespace LiveFeed.Simulation.Nodes;

/// <summary>
/// A reader's connection to a node. What is written keeps its order and waits until the reader reads it; when as much waits as
/// the line takes, the writer waits too. It may be cut at any time, and what was under way is lost.
/// </summary>
internal sealed class Line(int room)
{
    private readonly List<Message> underWay = [];
    private TaskCompletionSource freed = new();

    /// <summary>True once neither end hears of the other.</summary>
    public bool IsCut { get; private set; }

    /// <summary>True when it lost something, and went on.</summary>
    public bool HasLost { get; private set; }

    /// <summary>What the node does for this reader; null before it follows.</summary>
    public Following? Following { get; set; }

    /// <summary>Ends when something was read, or the line or its following ended.</summary>
    public Task Freed => freed.Task;

    /// <summary>True when there is something to read.</summary>
    public bool HasMore => underWay.Count > 0;

    /// <summary>Writes when there is room.</summary>
    /// <exception cref="OperationCanceledException">The line was cut, or the following ended.</exception>
    public async Task WriteAsync(Message message, Following writer)
    {
        await Task.Yield();
        while (!TryWrite(message, writer))
        {
            await Freed;
        }
    }

    /// <summary>Writes if there is room.</summary>
    /// <returns>False when there is none; <see cref="Freed"/> says when to look again.</returns>
    /// <exception cref="OperationCanceledException">The line was cut, or the following ended.</exception>
    public bool TryWrite(Message message, Following writer)
    {
        if (IsCut || writer.IsStopped)
        {
            throw new OperationCanceledException();
        }

        if (underWay.Count >= room)
        {
            return false;
        }

        underWay.Add(message);
        return true;
    }

    /// <summary>Writes an answer; those find room, since a reader asks for one at a time.</summary>
    public void Write(Message message)
    {
        if (!IsCut)
        {
            underWay.Add(message);
        }
    }

    public Message Read()
    {
        var message = underWay[0];
        underWay.RemoveAt(0);
        Wake();
        return message;
    }

    /// <summary>Loses a change that is under way, as no sound line does.</summary>
    /// <returns>What was lost; null when no change is under way.</returns>
    public Updated? Lose(Random random)
    {
        var changes = underWay.OfType<Updated>().ToList();
        if (changes.Count == 0)
        {
            return null;
        }

        var lost = changes[random.Next(changes.Count)];
        underWay.Remove(lost);
        HasLost = true;
        Wake();
        return lost;
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
