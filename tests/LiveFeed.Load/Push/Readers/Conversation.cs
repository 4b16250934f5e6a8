using System.Text;
using LiveFeed.Load.Push.Servers;
using LiveFeed.Load.Push.Wire;

namespace LiveFeed.Load.Push.Readers;

/// <summary>What a reader says to a server: the upgrade (RFC 6455), then SignalR's JSON protocol where the server speaks it.</summary>
internal sealed class Conversation(Contender contender, int port, string feed)
{
    public static byte[] Ping { get; } = Frame.FromClient("{\"type\":6}\x1e"u8);

    private static readonly byte[] Greeting = Frame.FromClient("{\"protocol\":\"json\",\"version\":1}\x1e"u8);

    private readonly byte[] upgrade = Encoding.ASCII.GetBytes(
        $"GET {contender.ReadersPath} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

    private byte[] follow = FollowFrom(contender, feed, null);

    /// <summary>Where the feed stood when a reader last followed it; null where servers know no positions.</summary>
    public string? Position { get; private set; }

    /// <summary>Whether the server wants pings.</summary>
    public bool HasPings => contender.Follow is not null;

    /// <summary>From here on, readers come back with the position that they have.</summary>
    public void GoOnFromPosition() => follow = FollowFrom(contender, feed, Position);

    public bool Connected(Reader reader) => Say(reader, upgrade, Stage.Upgrading);

    /// <summary>The server has upgraded the connection.</summary>
    public bool Upgraded(Reader reader) => contender.Follow is null ? Arrive(reader) : Say(reader, Greeting, Stage.Greeting);

    /// <summary>A message that comes before the reader reads. False when the server refuses.</summary>
    public bool Answered(Reader reader, ReadOnlySpan<byte> message)
    {
        if (reader.Stage == Stage.Greeting)
        {
            return message.SequenceEqual("{}"u8) && Say(reader, follow, Stage.Following);
        }

        if (!message.StartsWith("{\"type\":3"u8))
        {
            return true;
        }

        Learn(message);
        return message.IndexOf("\"error\":"u8) < 0 && Arrive(reader);
    }

    private static bool Arrive(Reader reader)
    {
        reader.Stage = reader.Stops ? Stage.Stopped : Stage.Reading;
        return true;
    }

    private static bool Say(Reader reader, byte[] words, Stage next)
    {
        reader.Stage = next;
        return RawSocket.Send(reader.Socket, words) == words.Length;
    }

    private static byte[] FollowFrom(Contender contender, string feed, string? position) =>
        contender.Follow is { } call ? Frame.FromClient(call(feed, position)) : [];

    private void Learn(ReadOnlySpan<byte> answer)
    {
        var key = "\"position\":\""u8;
        if (answer.IndexOf(key) is >= 0 and var at)
        {
            var value = answer[(at + key.Length)..];
            Position = Encoding.ASCII.GetString(value[..value.IndexOf((byte)'"')]);
        }
    }
}
