using System.Runtime.InteropServices;
using System.Text;
using LiveFeed.Load.Push.Wire;

namespace LiveFeed.Load.Push.Servers;

/// <summary>
/// The least that a push can cost with one system call a delivery: whoever upgrades to a WebSocket gets what is posted, in a plain
/// loop of send(). It knows nothing else: no handshake, no feeds, no pings. One thread.
/// </summary>
internal sealed class Floor : IDisposable
{
    // Somebody who lags further than this is gone.
    private const int MostLeft = 1 << 20;

    // All our readers send the key of RFC 6455's example, so the answer is the example's too.
    private static readonly byte[] Upgraded = Encoding.ASCII.GetBytes(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");

    private static readonly byte[] Accepted = Encoding.ASCII.GetBytes("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");

    private readonly Poller poller = new();
    private readonly Dictionary<int, Caller> callers = [];
    private readonly List<Caller> readers = [];
    private readonly byte[] buffer = new byte[1 << 16];

    public static int Run(int port)
    {
        using var floor = new Floor();
        floor.Serve(RawSocket.Listen(port));
        return 0;
    }

    public void Dispose() => poller.Dispose();

    private void Serve(int listener)
    {
        poller.Watch(listener, listener, Happening.Readable);
        while (true)
        {
            var count = poller.Wait(1000);
            for (var i = 0; i < count; i++)
            {
                var (socket, what) = poller.Look(i);
                if (socket == listener)
                {
                    Welcome(listener);
                }
                else if (callers.TryGetValue(socket, out var caller) && !(what.HasFlag(Happening.Writable) ? Flush(caller) : Hear(caller)))
                {
                    Leave(caller);
                }
            }
        }
    }

    private void Welcome(int listener)
    {
        while (RawSocket.Accept(listener) is >= 0 and var socket)
        {
            callers[socket] = new(socket);
            poller.Watch(socket, socket, Happening.Readable);
        }
    }

    private void Leave(Caller caller)
    {
        callers.Remove(caller.Socket);
        RawSocket.Close(caller.Socket);
        if (caller.Place >= 0)
        {
            var last = readers[^1];
            readers[caller.Place] = last;
            last.Place = caller.Place;
            readers.RemoveAt(readers.Count - 1);
        }
    }

    private bool Hear(Caller caller)
    {
        var came = RawSocket.Receive(caller.Socket, buffer);
        if (came < 0 || caller.Place >= 0)
        {
            return came >= 0;
        }

        switch (caller.Ask(buffer.AsSpan(0, came), out var body))
        {
            case Request.Unfinished:
                return true;
            case Request.Upgrade:
                caller.Place = readers.Count;
                readers.Add(caller);
                return RawSocket.Send(caller.Socket, Upgraded) == Upgraded.Length;
            default:
                Push(Frame.FromServer(body));
                return RawSocket.Send(caller.Socket, Accepted) == Accepted.Length;
        }
    }

    private void Push(byte[] frame)
    {
        // From the end, so that one who leaves changes nothing for those who still wait.
        for (var i = readers.Count - 1; i >= 0; i--)
        {
            var reader = readers[i];
            var taken = reader.Left.Count > 0 ? 0 : RawSocket.Send(reader.Socket, frame);
            if (taken < 0 || (taken < frame.Length && !Keep(reader, frame.AsSpan(taken))))
            {
                Leave(reader);
            }
        }
    }

    private bool Keep(Caller reader, ReadOnlySpan<byte> rest)
    {
        reader.Left.AddRange(rest);
        poller.Rewatch(reader.Socket, reader.Socket, Happening.Readable | Happening.Writable);
        return reader.Left.Count <= MostLeft;
    }

    private bool Flush(Caller reader)
    {
        var taken = RawSocket.Send(reader.Socket, CollectionsMarshal.AsSpan(reader.Left));
        if (taken < 0)
        {
            return false;
        }

        reader.Left.RemoveRange(0, taken);
        if (reader.Left.Count == 0)
        {
            poller.Rewatch(reader.Socket, reader.Socket, Happening.Readable);
        }

        return true;
    }
}
