using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LiveFeed.Ticker.Sockets;

/// <summary>
/// Linux's way to wait for many sockets at once (epoll(7)), edge-triggered: what has come is told once, and again only when more
/// comes. .NET's own has two threads wake up for each event; with thousands of readers who say three words each, that is most of
/// what it costs to take one in.
/// </summary>
internal sealed partial class Epoll : IDisposable
{
    // <sys/epoll.h> and <sys/eventfd.h>: EPOLLIN, EPOLLRDHUP and EPOLLET; close on exec; don't block.
    private const uint WhatToTell = 0x1 | 0x2000 | (1u << 31);
    private const uint HangUp = 0x8 | 0x10 | 0x2000;
    private const int CloseOnExec = 0x80000;
    private const int DontBlock = 0x800;
    private const int ControlAdd = 1;
    private const int ControlRemove = 2;
    private const int Interrupted = 4;
    private const int MostAtOnce = 256;

    // struct epoll_event: the flags, then 64 bits of ours, which x86-64 packs and the others align.
    private static readonly int DataAt = RuntimeInformation.ProcessArchitecture is Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = DataAt + 8;

    private readonly SafeFileHandle epoll = Checked(Create(CloseOnExec));
    private readonly SafeFileHandle bell = Checked(EventCounter(0, CloseOnExec | DontBlock));
    private readonly byte[] events = new byte[MostAtOnce * EventSize];

    public Epoll() => Add((int)bell.DangerousGetHandle());

    /// <summary>Tells of a socket from now on, at once if something has come already.</summary>
    /// <param name="socket">Its file descriptor.</param>
    /// <exception cref="Win32Exception">The kernel refuses.</exception>
    public void Add(int socket)
    {
        Span<byte> wanted = stackalloc byte[EventSize];
        wanted.Clear();
        BitConverter.TryWriteBytes(wanted, WhatToTell);
        BitConverter.TryWriteBytes(wanted[DataAt..], socket);
        if (Control(epoll, ControlAdd, socket, wanted) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Tells of it no longer. A socket that is closed leaves by itself.</summary>
    public void Remove(int socket) => _ = Control(epoll, ControlRemove, socket, stackalloc byte[EventSize]);

    /// <summary>Waits for news of any socket, and tells each.</summary>
    /// <param name="longest">How long it waits at most.</param>
    /// <param name="tell">Gets the socket's file descriptor, and whether the other side has hung up. It must not throw.</param>
    public void Wait(TimeSpan longest, Action<int, bool> tell)
    {
        var count = Wait(epoll, events, MostAtOnce, (int)longest.TotalMilliseconds);
        if (count < 0 && Marshal.GetLastPInvokeError() is not Interrupted and var error)
        {
            throw new Win32Exception(error);
        }

        for (var i = 0; i < count; i++)
        {
            var told = events.AsSpan(i * EventSize, EventSize);
            tell(BitConverter.ToInt32(told[DataAt..]), (BitConverter.ToUInt32(told) & HangUp) != 0);
        }
    }

    /// <summary>Ends a wait early, and all that follow.</summary>
    public void Ring() => _ = Write(bell, BitConverter.GetBytes(1UL), sizeof(ulong));

    /// <inheritdoc/>
    public void Dispose()
    {
        epoll.Dispose();
        bell.Dispose();
    }

    private static SafeFileHandle Checked(SafeFileHandle handle) =>
        handle.IsInvalid ? throw new Win32Exception(Marshal.GetLastPInvokeError()) : handle;

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial SafeFileHandle Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle epoll, int operation, int socket, Span<byte> wanted);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int Wait(SafeFileHandle epoll, [Out] byte[] events, int most, int milliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial SafeFileHandle EventCounter(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle counter, byte[] value, nint length);
}
