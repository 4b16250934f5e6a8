using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace LiveFeed.Ticker.Push;

/// <summary>
/// Writes what a reader's socket didn't take at once, past all buffers of ours, as it takes it. Only a reader that lags keeps one,
/// until it has read.
/// </summary>
// Without the execution context of whoever calls: nothing flows from a publish to what a reader's socket does later.
internal sealed class SendOperation() : SocketAsyncEventArgs(true)
{
    // A longer frame goes in pieces: so a slow reader, whose line takes a while for a megabyte, is told from one that has stopped.
    private const int Piece = 32 * 1024;

    private static readonly ConcurrentBag<SendOperation> Free = [];

    private PushReader? reader;
    private Socket? line;
    private ReadOnlyMemory<byte> rest;

    /// <summary>Writes the rest. True when all was taken; false when it wasn't yet: then <see cref="PushReader.Sent"/> will be called.</summary>
    /// <exception cref="SocketException">The line is broken.</exception>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    public static bool Send(PushReader reader, Socket socket, ReadOnlyMemory<byte> rest)
    {
        var operation = Free.TryTake(out var free) ? free : new SendOperation();
        (operation.reader, operation.line, operation.rest) = (reader, socket, rest);
        var pending = false;
        try
        {
            pending = operation.GoesOn();
            return !pending;
        }
        finally
        {
            if (!pending)
            {
                operation.Release();
            }
        }
    }

    /// <inheritdoc/>
    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        var (sender, error) = (reader!, SocketError);
        try
        {
            if (error is SocketError.Success && rest.Length > 0)
            {
                sender.ReadsOn();
                if (GoesOn())
                {
                    return;
                }
            }
        }
        catch (SocketException broken)
        {
            error = broken.SocketErrorCode;
        }
        catch (ObjectDisposedException)
        {
            error = SocketError.Shutdown;
        }

        Release();
        sender.Sent(error);
    }

    // True when the line couldn't take all of it just now.
    private bool GoesOn()
    {
        while (rest.Length > 0)
        {
            var piece = rest[..Math.Min(Piece, rest.Length)];
            rest = rest[piece.Length..];
            SetBuffer(MemoryMarshal.AsMemory(piece));
            if (line!.SendAsync(this))
            {
                return true;
            }

            if (SocketError is not SocketError.Success)
            {
                throw new SocketException((int)SocketError);
            }
        }

        return false;
    }

    private void Release()
    {
        (reader, line, rest) = (null, null, default);
        SetBuffer(default);
        Free.Add(this);
    }
}
