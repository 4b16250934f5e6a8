using System.Text;
using LiveFeed.EndToEnd.Tests.Readers;
using LiveFeed.Testing;

namespace LiveFeed.EndToEnd.Tests.Strangers;

/// <summary>All that can be wrong about a conversation with the hub, at random.</summary>
internal sealed class Attacks(Random random, string feed)
{
    private const char End = '\u001e';

    /// <summary>What is sent on one connection.</summary>
    public byte[] Next(Door door)
    {
        var packed = random.Next(3) == 0;
        return random.Next(8) switch
        {
            0 => random.Some(random.Next(1, 2_000)),
            1 => Begun([.. Opened(door, packed), .. Calls(packed, payload => payload)]),
            2 or 3 => random.Mutated([.. Opened(door, packed), .. Calls(packed, payload => payload)]),
            4 => [.. Opened(door, packed), .. Calls(packed, payload => payload), .. BadFrame()],
            5 => [.. Stranger.Request(door), .. ClientFrame.Of(ClientFrame.Text, random.Mutated(Encoding.UTF8.GetBytes(Stranger.Hello())))],
            6 => [.. Opened(door, packed: false), .. ClientFrame.Of($"{Json(depth: 0)}{End}{{\"type\":{random.Next(-1, 12)},\"item\":{Json(depth: 0)}}}{End}")],
            _ => [.. Opened(door, packed), .. Calls(packed, payload => random.Mutated(payload))],
        };
    }

    private static byte[] Opened(Door door, bool packed) =>
        [.. Stranger.Request(door), .. ClientFrame.Of(Stranger.Hello(packed ? "messagepack" : "json"))];

    private byte[] Begun(byte[] conversation) => conversation[..random.Next(1, conversation.Length)];

    // A good reader's calls: follows with and without a position, unfollows, pings, says good-bye.
    private byte[] Calls(bool packed, Func<byte[], byte[]> change)
    {
        // Follow(feed), Unfollow(feed) and a ping, as MessagePack: each with its length before it.
        byte[][] calls = packed
            ? [
                [(byte)(15 + feed.Length), 0x96, 1, 0x80, 0xA1, (byte)'1', 0xA6, .. "Follow"u8, 0x91, (byte)(0xA0 | feed.Length), .. Encoding.ASCII.GetBytes(feed), 0x90],
                [(byte)(17 + feed.Length), 0x96, 1, 0x80, 0xA1, (byte)'1', 0xA8, .. "Unfollow"u8, 0x91, (byte)(0xA0 | feed.Length), .. Encoding.ASCII.GetBytes(feed), 0x90],
                [2, 0x91, 6],
            ]
            : [
                .. new[] { Stranger.Call("Follow", feed), Stranger.Call("Follow", feed, $"{Guid.NewGuid():N}:{random.Next()}"), Stranger.Call("Unfollow", feed),
                    $"{{\"type\":6}}{End}" }.Select(Encoding.UTF8.GetBytes),
            ];
        var code = packed ? ClientFrame.Binary : ClientFrame.Text;
        return
        [
            .. Enumerable.Range(0, random.Next(1, 5)).SelectMany(_ => ClientFrame.Of(code, change(calls[random.Next(calls.Length)]))),
            .. ClientFrame.Of(ClientFrame.Ping, random.Some(random.Next(126))),
            .. random.Next(2) == 0 ? ClientFrame.Of(ClientFrame.Close, random.Next(3) == 0 ? random.Some(random.Next(126)) : [0x03, 0xE8]) : [],
        ];
    }

    private byte[] BadFrame() => random.Next(9) switch
    {
        0 => ClientFrame.Of(ClientFrame.Text, random.Some(10), isMasked: false),
        1 => ClientFrame.Of(ClientFrame.Text, random.Some(10), reserved: random.Next(1, 8)),
        2 => ClientFrame.Of(random.Next(3, 8), random.Some(10)),
        3 => ClientFrame.Of(random.Next(11, 16), random.Some(10)),
        4 => ClientFrame.Of(ClientFrame.Text, random.Some(1_025)),
        5 => ClientFrame.Of(ClientFrame.Binary, random.Some(10), claims: (ulong)random.NextInt64() << random.Next(64)),
        6 => ClientFrame.Of(ClientFrame.Ping, random.Some(126)),
        7 => ClientFrame.Of(0, random.Some(10)),
        _ => [.. ClientFrame.Of(ClientFrame.Text, random.Some(1_000), isFinal: false), .. ClientFrame.Of(0, random.Some(1_000), isFinal: random.Next(2) == 0)],
    };

    private string Json(int depth) => (depth < 4 ? random.Next(8) : random.Next(6)) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "1e999",
        2 => random.NextInt64(long.MinValue, long.MaxValue).ToString(System.Globalization.CultureInfo.InvariantCulture),
        3 => $"\"{feed}\"",
        4 => "\"\\ud800\"",
        5 => new string('[', random.Next(1, 70)),
        6 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Json(depth + 1)))}]",
        _ => $"{{\"type\":1,\"target\":\"Follow\",\"invocationId\":{Json(depth + 1)},\"arguments\":{Json(depth + 1)}}}",
    };
}
