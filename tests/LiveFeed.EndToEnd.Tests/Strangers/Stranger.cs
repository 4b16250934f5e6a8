using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LiveFeed.EndToEnd.Tests.Readers;

namespace LiveFeed.EndToEnd.Tests.Strangers;

/// <summary>A client that speaks to a node byte by byte, so that it can say, and leave undone, what no official client would.</summary>
public sealed class Stranger : IDisposable
{
    private const char EndOfMessage = '\u001e';
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket socket;
    private readonly Queue<JsonElement> told = [];
    private byte[] come = new byte[64 * 1024];
    private int begin;
    private int end;

    private Stranger(Socket socket) => this.socket = socket;

    /// <summary>True when the other end cut the line, with bytes of ours unread.</summary>
    public bool WasReset { get; private set; }

    /// <summary>The close code of the WebSocket, once it has come.</summary>
    public int? CloseCode { get; private set; }

    /// <summary>The reason that came with it.</summary>
    public string CloseText { get; private set; } = "";

    /// <param name="node">Who is spoken to.</param>
    /// <param name="receiveBuffer">How many bytes this machine takes in while nothing is read; its own choice unless said.</param>
    /// <param name="from">From which address; the machine's choice unless said.</param>
    public static async Task<Stranger> ConnectAsync(Uri node, int? receiveBuffer = null, IPAddress? from = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (receiveBuffer is { } size)
            {
                socket.ReceiveBufferSize = size;
            }

            if (from is not null)
            {
                socket.Bind(new IPEndPoint(from, 0));
            }

            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, node.Port));
            return new Stranger(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>One who has opened a WebSocket and shaken hands.</summary>
    public static async Task<Stranger> GreetAsync(Uri node, Door door, int? receiveBuffer = null)
    {
        var stranger = await ConnectAsync(node, receiveBuffer);
        try
        {
            await stranger.OpenAsync(door);
            await stranger.SendAsync(ClientFrame.Of(Hello()));
            Assert.Equal((ClientFrame.Text, "{}" + EndOfMessage), await stranger.ReadTextAsync());
            return stranger;
        }
        catch
        {
            stranger.Dispose();
            throw;
        }
    }

    /// <summary>The request that opens the hub's WebSocket at once. What is unusual about it goes past the push's own door, to SignalR.</summary>
    public static byte[] Request(Door door, params ReadOnlySpan<string> headers) => Encoding.ASCII.GetBytes(
        $"GET /hubs/ticker{(door is Door.Plain ? "" : "?unusual=%21")} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + string.Concat(headers.ToArray().Select(header => $"{header}\r\n")) + "\r\n");

    public static string Hello(string protocol = "json", int version = 1) => $$"""{"protocol":"{{protocol}}","version":{{version}}}""" + EndOfMessage;

    /// <summary>A call of the hub's, in JSON.</summary>
    public static string Call(string method, params object[] arguments) =>
        JsonSerializer.Serialize(new { type = 1, invocationId = "1", target = method, arguments }) + EndOfMessage;

    public async Task OpenAsync(Door door, params string[] headers)
    {
        await SendAsync(Request(door, headers));
        var head = await ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 101 ", head, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", head, StringComparison.Ordinal);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, patience.Token)..];
        }
    }

    public Task SayAsync(string text) => SendAsync(ClientFrame.Of(text));

    /// <summary>Says that nothing more will be sent.</summary>
    public void Finish()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The other end was faster.
        }
    }

    /// <summary>The head of an HTTP answer.</summary>
    public async Task<string> ReadHeadAsync()
    {
        while (true)
        {
            if (come.AsSpan(begin, end - begin).IndexOf("\r\n\r\n"u8) is >= 0 and var length)
            {
                var head = Encoding.ASCII.GetString(come, begin, length + 4);
                begin += length + 4;
                return head;
            }

            Assert.True(await FillAsync(), $"The line ended after {Encoding.ASCII.GetString(come, begin, end - begin)}");
        }
    }

    /// <summary>The next message, or control frame; null when the line has ended.</summary>
    public async Task<(int Code, byte[] Payload)?> ReadAsync()
    {
        (int Code, byte[] Payload)? begun = null;
        while (true)
        {
            var bytes = come.AsMemory(begin, end - begin);
            var header = bytes.Length < 2 ? 2 : (bytes.Span[1] & 0x7F) switch { 126 => 4, 127 => 10, _ => 2 };
            if (bytes.Length >= header)
            {
                var (isFinal, code) = ((bytes.Span[0] & 0x80) != 0, bytes.Span[0] & 0x0F);
                Assert.Equal(0, bytes.Span[0] & 0x70);
                var length = header switch
                {
                    4 => BinaryPrimitives.ReadUInt16BigEndian(bytes.Span[2..]),
                    10 => checked((int)BinaryPrimitives.ReadUInt64BigEndian(bytes.Span[2..])),
                    _ => bytes.Span[1],
                };
                if (bytes.Length >= header + length)
                {
                    begin += header + length;
                    var message = (code is 0 ? begun!.Value.Code : code, (byte[])[.. code is 0 ? begun!.Value.Payload : [], .. bytes.Span.Slice(header, length)]);
                    if (isFinal)
                    {
                        return Note(message);
                    }

                    begun = message;
                    continue;
                }
            }

            if (!await FillAsync())
            {
                return null;
            }
        }
    }

    public async Task<(int Code, string Text)> ReadTextAsync() =>
        await ReadAsync() is var (code, payload) ? (code, Encoding.UTF8.GetString(payload)) : (0, "The line ended.");

    /// <summary>The next message of the hub that isn't a ping; null when there are no more.</summary>
    public async Task<JsonElement?> HearAsync()
    {
        while (true)
        {
            if (told.TryDequeue(out var message))
            {
                return message;
            }

            if (await ReadAsync() is not var (code, payload))
            {
                return null;
            }

            foreach (var text in code is ClientFrame.Text ? Encoding.UTF8.GetString(payload).Split(EndOfMessage, StringSplitOptions.RemoveEmptyEntries) : [])
            {
                var said = JsonSerializer.Deserialize<JsonElement>(text);
                if (!(said.TryGetProperty("type", out var type) && type.GetInt32() == 6))
                {
                    told.Enqueue(said);
                }
            }
        }
    }

    /// <summary>Calls a method and gives the answer; what is pushed meanwhile is passed over.</summary>
    public async Task<JsonElement> AskAsync(string method, params object[] arguments)
    {
        await SayAsync(Call(method, arguments));
        while (await HearAsync() is { } said)
        {
            if (said.GetProperty("type").GetInt32() == 3)
            {
                return said;
            }
        }

        throw new IOException($"{method} wasn't answered: the line ended.");
    }

    /// <summary>Reads until the line ends, and gives the hub's last message.</summary>
    public async Task<JsonElement?> HearOutAsync()
    {
        JsonElement? last = null;
        while (await HearAsync() is { } said)
        {
            last = said;
        }

        return last;
    }

    /// <summary>Takes so many bytes of what has come; true when they end a message of the hub's in JSON.</summary>
    public async Task<bool> ReadSomeAsync(int most)
    {
        Assert.True(await FillAsync(most), "The line ended.");
        return come[end - 1] == EndOfMessage;
    }

    /// <summary>Reads whatever comes, until the line ends.</summary>
    public async Task EndAsync()
    {
        do
        {
            begin = end;
        }
        while (await FillAsync());
    }

    public void Dispose() => socket.Dispose();

    private (int, byte[]) Note((int Code, byte[] Payload) message)
    {
        var (code, payload) = message;
        if (code is ClientFrame.Close)
        {
            CloseCode = payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(payload) : 0;
            CloseText = Encoding.UTF8.GetString(payload.AsSpan(Math.Min(2, payload.Length)));
            // There is nothing more to say, whatever was being said.
            Finish();
        }

        return message;
    }

    private async Task<bool> FillAsync(int most = int.MaxValue)
    {
        if (begin > 0)
        {
            come.AsSpan(begin, end - begin).CopyTo(come);
            (begin, end) = (0, end - begin);
        }

        if (end == come.Length)
        {
            Array.Resize(ref come, 2 * end);
        }

        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var read = await socket.ReceiveAsync(come.AsMemory(end, Math.Min(most, come.Length - end)), patience.Token);
            end += read;
            return read > 0;
        }
        catch (SocketException)
        {
            WasReset = true;
            return false;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Nothing came and the line didn't end, for {Patience.TotalSeconds:0} s.");
        }
    }
}
