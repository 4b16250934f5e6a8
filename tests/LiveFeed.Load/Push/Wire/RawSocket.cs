using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;

namespace LiveFeed.Load.Push.Wire;

/// <summary>TCP over IPv4 in which no call ever waits.</summary>
internal static class RawSocket
{
    private const int Internet = 2, Stream = 1, NonBlocking = 0x800;
    private const int SocketLevel = 1, ReuseAddress = 2, ReceiveBuffer = 8, Linger = 13;
    private const int InternetLevel = 0, BindWithoutPort = 24, TcpLevel = 6, NoDelay = 1;
    private const int DontWait = 0x40, NoSignal = 0x4000;

    /// <summary>Listens on the loopback address, with as long a queue as the system grants.</summary>
    public static int Listen(int port)
    {
        var socket = Checked(Libc.Socket(Internet, Stream | NonBlocking, 0));
        Option(socket, SocketLevel, ReuseAddress, 1);
        Checked(Libc.Bind(socket, Address(IPAddress.Loopback, port), 16));
        Checked(Libc.Listen(socket, int.MaxValue));
        return socket;
    }

    /// <summary>The next connection; negative when there is none.</summary>
    public static int Accept(int listener)
    {
        var socket = Libc.Accept(listener, 0, 0, NonBlocking);
        if (socket >= 0)
        {
            Option(socket, TcpLevel, NoDelay, 1);
        }

        return socket;
    }

    /// <summary>Begins to connect; when the socket can be written to, it stands.</summary>
    /// <param name="from">One of the loopback addresses. Each has ports of its own, so that they don't run short.</param>
    /// <param name="port">The port of 127.0.0.1 to connect to.</param>
    /// <param name="receiveBuffer">How much may wait unread in the kernel; 0 leaves it to the kernel.</param>
    public static int Connect(IPAddress from, int port, int receiveBuffer)
    {
        var socket = Checked(Libc.Socket(Internet, Stream | NonBlocking, 0));
        if (receiveBuffer > 0)
        {
            Option(socket, SocketLevel, ReceiveBuffer, receiveBuffer);
        }

        Option(socket, InternetLevel, BindWithoutPort, 1);
        Checked(Libc.Bind(socket, Address(from, 0), 16));
        if (Libc.Connect(socket, Address(IPAddress.Loopback, port), 16) < 0 && Marshal.GetLastPInvokeError() != Libc.InProgress)
        {
            Checked(-1);
        }

        return socket;
    }

    /// <summary>How many bytes were taken: 0 when the socket is full, negative when it is broken.</summary>
    public static int Send(int socket, ReadOnlySpan<byte> bytes) => Outcome(Libc.Send(socket, bytes, bytes.Length, DontWait | NoSignal));

    /// <summary>How many bytes came: 0 when none wait, negative when the other side has closed or the socket is broken.</summary>
    public static int Receive(int socket, Span<byte> buffer) =>
        Libc.Receive(socket, buffer, buffer.Length, DontWait) is var came && came != 0 ? Outcome(came) : -1;

    /// <summary>Closes in good order.</summary>
    public static void Close(int socket) => Checked(Libc.Close(socket));

    /// <summary>Breaks the connection off, which leaves nothing of it behind in the kernel.</summary>
    public static void Reset(int socket)
    {
        Checked(Libc.SetOption(socket, SocketLevel, Linger, [1, 0], 8));
        Close(socket);
    }

    /// <summary>The result of a call, unless it failed.</summary>
    /// <exception cref="IOException">It failed; the message is the system's.</exception>
    public static int Checked(int result) => result >= 0 ? result : throw new IOException(Marshal.GetLastPInvokeErrorMessage());

    private static int Outcome(nint result) => result >= 0 ? (int)result : Marshal.GetLastPInvokeError() == Libc.Again ? 0 : -1;

    private static void Option(int socket, int level, int name, int value) => Checked(Libc.SetOption(socket, level, name, [value], 4));

    private static byte[] Address(IPAddress address, int port)
    {
        var bytes = new byte[16];
        BitConverter.TryWriteBytes(bytes, (ushort)Internet);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)port);
        address.TryWriteBytes(bytes.AsSpan(4), out _);
        return bytes;
    }
}
