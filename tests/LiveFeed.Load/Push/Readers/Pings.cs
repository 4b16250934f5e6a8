using System.Diagnostics;
using LiveFeed.Load.Push.Wire;

namespace LiveFeed.Load.Push.Readers;

/// <summary>A ping of every reader every 15 s, as SignalR's own clients send it; spread over that time, as those of real readers are.</summary>
internal sealed class Pings(Conversation conversation)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);
    private readonly long begun = Stopwatch.GetTimestamp();
    private double due;
    private TimeSpan last;
    private int next;

    /// <summary>Sends those that are due.</summary>
    public void Send(IReadOnlyList<Reader> readers)
    {
        var now = Stopwatch.GetElapsedTime(begun);
        due += (now - last) / Every * readers.Count;
        last = now;
        for (; due >= 1; due--)
        {
            next = (next + 1) % readers.Count;
            if (conversation.HasPings && readers[next] is { Stage: Stage.Reading } reader)
            {
                RawSocket.Send(reader.Socket, Conversation.Ping);
            }
        }
    }
}
