using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace LiveFeed.Ticker.Push;

/// <summary>
/// Writes to a reader's socket, past all buffers of ours: the kernel takes the bytes, or says that it can't just now. Nearly
/// always it takes them, and then one of these serves a whole walk; only a reader that lags keeps one until it has read.
/// </summary>
// Without the execution context of whoever calls: nothing flows from a publish to what a reader's socket does later.
internal sealed class SendOperation() : SocketAsyncEventArgs(true)
{
    private static readonly ConcurrentBag<SendOperation> Free = [];

    private PushReader? reader;

    /// <summary>Writes. True when all was taken; false when it wasn't yet: then <see cref="PushReader.Sent"/> will be called.</summary>
    /// <exception cref="SocketException">The line is broken.</exception>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    public static bool Send(PushReader reader, Socket socket, byte[] frame)
    {
        var operation = Free.TryTake(out var free) ? free : new SendOperation();
        operation.reader = reader;
        operation.SetBuffer(MemoryMarshal.AsMemory<byte>(frame));
        var pending = false;
        try
        {
            pending = socket.SendAsync(operation);
            return pending || operation.SocketError is SocketError.Success ? !pending : throw new SocketException((int)operation.SocketError);
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
        Release();
        sender.Sent(error);
    }

    private void Release()
    {
        reader = null;
        SetBuffer(default);
        Free.Add(this);
    }
}
