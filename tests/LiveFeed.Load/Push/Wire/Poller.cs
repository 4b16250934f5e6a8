using System.Runtime.InteropServices;

namespace LiveFeed.Load.Push.Wire;

/// <summary>What a socket is watched for, and what has happened to it (epoll(7)).</summary>
[Flags]
internal enum Happening : uint
{
    None = 0,
    Readable = 1,
    Writable = 4,
    Broken = 8,
    HungUp = 16,
}

/// <summary>Many sockets watched by one thread. Each has a number by which its owner knows it.</summary>
internal sealed class Poller : IDisposable
{
    private const int Most = 1024, Add = 1, Change = 3;

    // The kernel packs the record on x64 and pads it elsewhere.
    private static readonly int Size = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int NumberAt = Size - 8;

    private readonly int epoll = RawSocket.Checked(Libc.EpollCreate(0));
    private readonly byte[] happenings = new byte[Most * Size];

    public void Watch(int socket, int number, Happening what) => Control(Add, socket, number, what);

    public void Rewatch(int socket, int number, Happening what) => Control(Change, socket, number, what);

    /// <summary>Waits until something happens or the time is over. How many things there are to <see cref="Look"/> at.</summary>
    public int Wait(int milliseconds) => Math.Max(0, Libc.EpollWait(epoll, happenings, Most, milliseconds));

    /// <summary>One of the things that happened.</summary>
    public (int Number, Happening What) Look(int index)
    {
        var at = happenings.AsSpan(index * Size, Size);
        return (BitConverter.ToInt32(at[NumberAt..]), (Happening)BitConverter.ToUInt32(at));
    }

    public void Dispose() => RawSocket.Close(epoll);

    private void Control(int operation, int socket, int number, Happening what)
    {
        Span<byte> happening = stackalloc byte[Size];
        BitConverter.TryWriteBytes(happening, (uint)what);
        BitConverter.TryWriteBytes(happening[NumberAt..], (long)number);
        RawSocket.Checked(Libc.EpollControl(epoll, operation, socket, happening));
    }
}
