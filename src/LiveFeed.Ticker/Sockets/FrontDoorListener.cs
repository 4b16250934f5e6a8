using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using LiveFeed.Ticker.Push;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Sockets;

/// <summary>Accepts who connects, offers them to the push, and gives Kestrel those whom the push doesn't take.</summary>
internal sealed class FrontDoorListener : IConnectionListener
{
    // When there are no more file descriptors, or the like: until some are free again.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Socket socket;
    private readonly PushDoor push;
    private readonly Receivers receivers;
    private readonly SocketConnectionContextFactory kestrel;
    private readonly ILogger log;
    private readonly Channel<ConnectionContext> left = Channel.CreateUnbounded<ConnectionContext>();
    private readonly ManualResetEventSlim stopping = new();
    private readonly Thread thread;

    /// <summary>Listens.</summary>
    /// <exception cref="AddressInUseException">Another program listens there.</exception>
    public FrontDoorListener(EndPoint endpoint, PushDoor push, Receivers receivers, SocketTransportOptions options, ILoggerFactory logs)
    {
        (this.push, this.receivers, log) = (push, receivers, logs.CreateLogger<FrontDoorListener>());
        kestrel = new(new SocketConnectionFactoryOptions
        {
            IOQueueCount = options.IOQueueCount,
            MaxReadBufferSize = options.MaxReadBufferSize,
            MaxWriteBufferSize = options.MaxWriteBufferSize,
            UnsafePreferInlineScheduling = options.UnsafePreferInlineScheduling,
            WaitForDataBeforeAllocatingBuffer = options.WaitForDataBeforeAllocatingBuffer,
        }, log);
        socket = Listen(endpoint, options);
        EndPoint = socket.LocalEndPoint!;
        thread = new Thread(Accept) { Name = $"LiveFeed door {EndPoint}", IsBackground = true };
        thread.Start();
    }

    /// <inheritdoc/>
    public EndPoint EndPoint { get; }

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
        await left.Reader.WaitToReadAsync(cancellationToken) && left.Reader.TryRead(out var connection) ? connection : null;

    /// <inheritdoc/>
    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        stopping.Set();
        socket.Dispose();
        left.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await UnbindAsync();
        thread.Join();
        kestrel.Dispose();
        stopping.Dispose();
    }

    private static Socket Listen(EndPoint endpoint, SocketTransportOptions options)
    {
        Socket? socket = null;
        try
        {
            socket = options.CreateBoundListenSocket(endpoint);
            // Those that are accepted inherit it.
            socket.NoDelay = options.NoDelay;
            socket.Listen(options.Backlog);
            return socket;
        }
        catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            socket?.Dispose();
            throw new AddressInUseException(taken.Message, taken);
        }
        catch
        {
            socket?.Dispose();
            throw;
        }
    }

    private void Accept()
    {
        while (!stopping.IsSet)
        {
            try
            {
                _ = OpenAsync(socket.Accept());
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
                // The door is closed, or who stood there has gone again, or there is no room for another file.
                stopping.Wait(Pause);
            }
        }
    }

    private async Task OpenAsync(Socket accepted)
    {
        try
        {
            var line = receivers.Next().Add(accepted);
            if (!await push.TakesAsync(line) && !left.Writer.TryWrite(kestrel.Create(line.HandOver())))
            {
                accepted.Dispose();
            }
        }
        catch (Exception failure)
        {
            log.LogWarning(failure, "A connection couldn't be opened.");
            accepted.Dispose();
        }
    }
}
