using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveFeed.Testing;

namespace LiveFeed.Browser.Tests.Browsing;

/// <summary>What a line makes of the readers' WebSockets.</summary>
public enum WebSockets
{
    /// <summary>They pass.</summary>
    Pass,

    /// <summary>403, as many a company's proxy answers.</summary>
    Refused,

    /// <summary>Nothing comes back: something on the way doesn't know them.</summary>
    Unanswered,
}

/// <summary>
/// A line to a server that can be cut: what goes over it breaks off at once, and nobody answers until it is mended. Or it falls
/// silent: what is open stays open, and nothing comes through any more.
/// </summary>
public sealed class Line : IAsyncDisposable
{
    private readonly int port = FreePort.Next();
    private readonly ConcurrentBag<Socket> open = [];
    private CancellationTokenSource carrying = new();
    private TaskCompletionSource closing = new();
    private Socket listener;
    private Task listening;

    public Line(Uri server)
    {
        ArgumentNullException.ThrowIfNull(server);
        Server = server;
        (listener, listening) = Listen();
    }

    /// <summary>Where it leads; what is opened from now on goes there.</summary>
    public Uri Server { get; set; }

    /// <summary>What becomes of WebSockets that are opened from now on.</summary>
    public WebSockets WebSockets { get; set; }

    /// <summary>Where the server is reached over this line.</summary>
    public Uri Address => new($"http://127.0.0.1:{port}/");

    /// <summary>
    /// As after sleep or on another network: nobody tells either end that what is open leads nowhere now. What is opened later
    /// works.
    /// </summary>
    public async Task FallSilentAsync()
    {
        var before = Interlocked.Exchange(ref carrying, new CancellationTokenSource());
        await before.CancelAsync();
        before.Dispose();
    }

    public void Cut()
    {
        listener.Dispose();
        closing.TrySetResult();
        while (open.TryTake(out var socket))
        {
            socket.Close(0);
        }
    }

    public void Mend()
    {
        closing = new TaskCompletionSource();
        (listener, listening) = Listen();
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await listening;
        carrying.Dispose();
    }

    private (Socket Listener, Task Listening) Listen()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        socket.Listen();
        return (socket, AcceptAsync(socket));
    }

    private async Task AcceptAsync(Socket socket)
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await socket.AcceptAsync());
            }
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private async Task CarryAsync(Socket near)
    {
        var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        open.Add(near);
        open.Add(far);
        var (silence, cut) = (carrying.Token, closing.Task);
        try
        {
            await using var nearStream = new NetworkStream(near, ownsSocket: true);
            // A browser opens a connection of its own for each WebSocket, so its first words tell.
            var words = new byte[4096];
            var first = words.AsMemory(0, await nearStream.ReadAsync(words));
            if (WebSockets is not WebSockets.Pass && Encoding.ASCII.GetString(first.Span).StartsWith("GET /hubs/", StringComparison.Ordinal))
            {
                await RefuseAsync(nearStream, words);
                return;
            }

            await far.ConnectAsync(Server.Host, Server.Port);
            await using var farStream = new NetworkStream(far, ownsSocket: true);
            await farStream.WriteAsync(first);
            await Task.WhenAny(nearStream.CopyToAsync(farStream, silence), farStream.CopyToAsync(nearStream, silence));
            if (silence.IsCancellationRequested)
            {
                await cut;
            }
        }
        catch (Exception end) when (end is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut, or one of the two ends has had enough.
        }
    }

    private async Task RefuseAsync(NetworkStream reader, byte[] words)
    {
        if (WebSockets is WebSockets.Refused)
        {
            await reader.WriteAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            return;
        }

        // Until the browser has had enough of it.
        while (await reader.ReadAsync(words) > 0)
        {
        }
    }
}
