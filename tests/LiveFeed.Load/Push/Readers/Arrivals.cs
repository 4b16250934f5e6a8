using System.Net;
using LiveFeed.Load.Push.Wire;

namespace LiveFeed.Load.Push.Readers;

/// <summary>Readers who are away and want to connect, in turn.</summary>
internal sealed class Arrivals(int port)
{
    // A listening socket has a queue, usually of 512; who finds it full tries again after a second. Readers who merely come don't
    // fill it. Readers who come back all at once do, unless the server's queue is longer or it is quick.
    private const int AtOnceComing = 256, AtOnceReturning = 1000;
    private const int SmallReceiveBuffer = 4096;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(50);

    private readonly Queue<int> waiting = new();
    private int trying;
    private int atOnce = AtOnceComing;

    /// <summary>Whether somebody's turn may come soon.</summary>
    public bool AreWaiting => waiting.Count > 0;

    public void Add(int number) => waiting.Enqueue(number);

    /// <summary>Adds one who was turned away and waits a little.</summary>
    public void AddLater(Reader reader, int number)
    {
        reader.RetryAt = Environment.TickCount64 + (long)RetryAfter.TotalMilliseconds;
        waiting.Enqueue(number);
    }

    /// <summary>One who tried is there, or was turned away.</summary>
    public void Tried() => trying--;

    /// <summary>From here on they don't wait for one another.</summary>
    public void AllAtOnce() => atOnce = AtOnceReturning;

    /// <summary>Lets those connect whose turn it is.</summary>
    public void Connect(IReadOnlyList<Reader> readers, Poller poller)
    {
        for (var left = waiting.Count; left > 0 && trying < atOnce; left--)
        {
            var number = waiting.Dequeue();
            var reader = readers[number];
            if (reader.RetryAt > Environment.TickCount64)
            {
                waiting.Enqueue(number);
                continue;
            }

            trying++;
            reader.Stage = Stage.Connecting;
            reader.Socket = RawSocket.Connect(From(number, reader), port, reader.Stops ? SmallReceiveBuffer : 0);
            poller.Watch(reader.Socket, number, Happening.Writable);
        }
    }

    private static IPAddress From(int number, Reader reader) =>
        reader.Stops ? StoppedSockets.Address : new IPAddress([127, 0, 0, (byte)(2 + (number % 8))]);
}
