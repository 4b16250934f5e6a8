using LiveFeed.Load.Push.Wire;

namespace LiveFeed.Load.Push.Readers;

/// <summary>How far a reader has come.</summary>
internal enum Stage
{
    Away,
    Connecting,
    Upgrading,
    Greeting,
    Following,
    Reading,
    Stopped,
}

/// <summary>One reader of a feed: a socket, and what it holds.</summary>
/// <param name="stops">Whether it takes nothing more as soon as it follows the feed.</param>
internal sealed class Reader(bool stops)
{
    public bool Stops { get; } = stops;

    public int Socket { get; set; } = -1;

    public Stage Stage { get; set; }

    public Place Place { get; } = new();

    /// <summary>The beginning of a frame, or of an answer to the upgrade, whose end has not come yet.</summary>
    public byte[] Begun { get; set; } = [];

    /// <summary>The beginning of a message whose end is in a later frame.</summary>
    public byte[] Spoken { get; set; } = [];

    /// <summary>Before this time (<see cref="Environment.TickCount64"/>) it doesn't try again: it has been turned away.</summary>
    public long RetryAt { get; set; }

    public void Leave()
    {
        RawSocket.Close(Socket);
        (Socket, Stage, Begun, Spoken) = (-1, Stage.Away, [], []);
    }
}
