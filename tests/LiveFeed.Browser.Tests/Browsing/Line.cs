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

/// <summary>A line to a server that can be cut: what goes over it breaks off at once, and nobody answers until it is mended.</summary>
public sealed class Line : IAsyncDisposable
{
    private readonly Uri server;
    private readonly int port = FreePort.Next();
    private readonly ConcurrentBag<Socket> open = [];
    private Socket listener;
    private Task listening;

    public Line(Uri server)
    {
        ArgumentNullException.ThrowIfNull(server);
        this.server = server;
        (listener, listening) = Listen();
    }

    /// <summary>What becomes of WebSockets that are opened from now on.</summary>
    public WebSockets WebSockets { get; set; }

    /// <summary>Where the server is reached over this line.</summary>
    public Uri Address => new($"http://127.0.0.1:{port}/");

    public void Cut()
    {
        listener.Dispose();
        while (open.TryTake(out var socket))
        {
            socket.Close(0);
        }
    }

    public void Mend() => (listener, listening) = Listen();

    public async ValueTask DisposeAsync()
    {
        Cut();
        await listening;
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

            await far.ConnectAsync(server.Host, server.Port);
            await using var farStream = new NetworkStream(far, ownsSocket: true);
            await farStream.WriteAsync(first);
            await Task.WhenAny(nearStream.CopyToAsync(farStream), farStream.CopyToAsync(nearStream));
        }
        catch (Exception cut) when (cut is IOException or SocketException or ObjectDisposedException)
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
