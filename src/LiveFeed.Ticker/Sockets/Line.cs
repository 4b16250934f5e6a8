using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;

namespace LiveFeed.Ticker.Sockets;

/// <summary>
/// The socket of one who has connected. What comes is waited for by its <see cref="Receiver"/>, and goes on to whoever reads on the
/// receiver's own thread; an idle line holds no buffer. One reads at a time.
/// </summary>
internal sealed partial class Line : IValueTaskSource<byte[]>
{
    /// <summary>The most that is read at once, in bytes.</summary>
    public const int Piece = 8 * 1024;

    // <sys/socket.h>: MSG_DONTWAIT | MSG_NOSIGNAL. <errno.h>: EAGAIN, EINTR.
    private const int WithoutWaitOrSignal = 0x40 | 0x4000;
    private const int TryAgain = 11;
    private const int Interrupted = 4;

    [ThreadStatic]
    private static byte[]? scratch;

    private readonly Receiver receiver;
    private readonly Lock gate = new();
    private ManualResetValueTaskSourceCore<byte[]> arrival;
    private CancellationTokenSource? gone;
    private volatile SocketFlags how;
    private int peeked;
    private bool waits;
    private bool hasMore;
    private bool hasHungUp;
    private bool isOver;
    private bool isClosed;

    public Line(Socket socket, Receiver receiver)
    {
        (Socket, this.receiver, Number) = (socket, receiver, (int)socket.Handle);
        // Whoever reads or writes here never waits for it.
        socket.Blocking = false;
    }

    /// <summary>The socket, to be written to.</summary>
    public Socket Socket { get; }

    /// <summary>The socket's file descriptor.</summary>
    public int Number { get; }

    /// <summary>The other end.</summary>
    public IPAddress? Remote => (Socket.RemoteEndPoint as IPEndPoint)?.Address;

    /// <summary>True when nothing more will come.</summary>
    public bool IsOver => Volatile.Read(ref isOver);

    /// <summary>Is cancelled when the other side hangs up, or the line is closed.</summary>
    public CancellationToken Gone
    {
        get
        {
            lock (gate)
            {
                return isOver || hasHungUp ? new CancellationToken(canceled: true) : (gone ??= new()).Token;
            }
        }
    }

    /// <summary>
    /// Has the kernel take as much as it does without waiting. .NET's own way to the same call costs as much again as a tenth of what
    /// the kernel does, for each reader and each change.
    /// </summary>
    /// <returns>How much was taken, in bytes; less than all when the line takes no more just now.</returns>
    /// <exception cref="SocketException">The line is broken.</exception>
    /// <exception cref="ObjectDisposedException">The line is closed.</exception>
    public int Send(ReadOnlySpan<byte> bytes)
    {
        var taken = SendNow(Socket.SafeHandle, bytes, bytes.Length, WithoutWaitOrSignal);
        return taken >= 0 ? (int)taken : Marshal.GetLastPInvokeError() is TryAgain or Interrupted ? 0 : throw new SocketException((int)SocketError.ConnectionReset);
    }

    /// <summary>Waits for what comes next, and takes it. Nothing when the line is over, or somebody woke the reader.</summary>
    public ValueTask<byte[]> ReadAsync() => NextAsync(SocketFlags.None);

    /// <summary>Waits until more has come, and tells all that has; it stays there to be taken. Nothing as with <see cref="ReadAsync"/>.</summary>
    public ValueTask<byte[]> PeekAsync() => NextAsync(SocketFlags.Peek);

    /// <summary>Takes what was seen by <see cref="PeekAsync"/> off the front of what has come.</summary>
    public void Skip(int length)
    {
        lock (gate)
        {
            Receive(Scratch.AsSpan(0, length), SocketFlags.None);
            (hasMore, peeked) = (hasMore || length < peeked, 0);
        }
    }

    /// <summary>Ends a wait for what comes next.</summary>
    public void Wake()
    {
        lock (gate)
        {
            if (!waits)
            {
                return;
            }

            waits = false;
        }

        // Whoever wakes may hold a lock that whoever is woken needs.
        ThreadPool.UnsafeQueueUserWorkItem(static line => line.arrival.SetResult([]), this, preferLocal: false);
    }

    /// <summary>Ends a wait for first words: they have been waited for long enough.</summary>
    public void LosePatience()
    {
        if (how is SocketFlags.Peek)
        {
            Wake();
        }
    }

    /// <summary>The receiver has heard something.</summary>
    public void Heard(bool hungUp)
    {
        byte[]? came;
        lock (gate)
        {
            (hasMore, hasHungUp) = (true, hasHungUp || hungUp);
            came = waits ? TryReceive() : null;
            waits &= came is null;
        }

        if (hungUp)
        {
            Volatile.Read(ref gone)?.Cancel();
        }

        if (came is not null)
        {
            arrival.SetResult(came);
        }
    }

    /// <summary>Gives the socket away; the line is no more.</summary>
    public Socket HandOver()
    {
        receiver.Remove(this);
        Socket.Blocking = true;
        return Socket;
    }

    /// <summary>Closes the line, once however often it is called.</summary>
    /// <param name="atOnce">True throws away what is on its way in either direction.</param>
    public void Close(bool atOnce)
    {
        lock (gate)
        {
            if (isClosed)
            {
                return;
            }

            (isClosed, isOver) = (true, true);
        }

        receiver.Remove(this);
        if (atOnce)
        {
            Socket.Close(timeout: 0);
        }
        else
        {
            Socket.Dispose();
        }

        gone?.Cancel();
        Wake();
    }

    byte[] IValueTaskSource<byte[]>.GetResult(short token) => arrival.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<byte[]>.GetStatus(short token) => arrival.GetStatus(token);

    void IValueTaskSource<byte[]>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        arrival.OnCompleted(continuation, state, token, flags);

    private static byte[] Scratch => scratch ??= new byte[Piece];

    private ValueTask<byte[]> NextAsync(SocketFlags flags)
    {
        lock (gate)
        {
            how = flags;
            if (isOver)
            {
                return new([]);
            }

            if (TryReceive() is { } came)
            {
                return new(came);
            }

            arrival.Reset();
            waits = true;
            return new(this, arrival.Version);
        }
    }

    // Null when there is nothing just now.
    private byte[]? TryReceive()
    {
        if (!hasMore)
        {
            return null;
        }

        var length = Receive(Scratch, how);
        if (how is SocketFlags.Peek)
        {
            // What was only looked at isn't looked at again until more has come; from one who has hung up nothing more will.
            (hasMore, var before, peeked) = (hasHungUp, peeked, length);
            return length < 0 ? null : length > before ? Scratch[..length] : [];
        }

        // A piece that isn't full was all there was, but for the end: that comes after it without being told of again.
        hasMore = hasHungUp || length == Piece;
        return length < 0 ? null : Scratch[..length];
    }

    // Less than 0 when there is nothing just now; 0 when the line is over.
    private int Receive(Span<byte> into, SocketFlags flags)
    {
        try
        {
            var length = Socket.Receive(into, flags, out var error);
            if (error is SocketError.WouldBlock)
            {
                return -1;
            }

            isOver |= length == 0 || error is not SocketError.Success;
            return error is SocketError.Success ? length : 0;
        }
        catch (ObjectDisposedException)
        {
            isOver = true;
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint SendNow(SafeHandle socket, ReadOnlySpan<byte> bytes, nint length, int flags);
}
