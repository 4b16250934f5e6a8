using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using LiveFeed.Contracts;
using LiveFeed.Testing;
using LiveFeed.Ticker.Hub;
using LiveFeed.Ticker.Push;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace LiveFeed.Ticker.Tests;

/// <summary>
/// What strangers send is read the same however it arrives, never past its end, and refused in the one way that is declared.
/// A failed test prints a seed; <c>LIVEFEED_TEST_SEED</c> replays it.
/// </summary>
public sealed class StrangeInputTests(ITestOutputHelper output)
{
    private const string Upgrade =
        "GET /hubs/ticker HTTP/1.1\r\nHost: news.example\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + "Origin: https://news.example\r\nX-Forwarded-For: 2001:db8::1, 192.0.2.7\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private readonly Random random = Seed.Random(output.WriteLine);

    [Fact]
    public void A_request_is_told_alike_wherever_it_is_cut()
    {
        var good = Encoding.ASCII.GetBytes(Upgrade);
        var opened = 0;
        for (var round = 0; round < 3_000; round++)
        {
            var input = round switch
            {
                0 => good,
                < 200 => random.Some(random.Next(1, 200)),
                < 210 => [.. good[..^2], .. Encoding.ASCII.GetBytes($"X: {new string('x', random.Next(7_500, 9_000))}\r\n\r\n"), .. random.Some(20)],
                _ => [.. random.Mutated(good), .. random.Some(random.Next(20))],
            };
            var whole = Read(input);
            opened += whole.Ours is true ? 1 : 0;
            Assert.Equal(whole.Ours is true, whole.Request is not null);
            Assert.InRange(whole.Length, 0, input.Length);
            foreach (var cut in Cuts(input.Length))
            {
                var begun = Read(input.AsSpan(0, cut));
                Assert.True(begun.Ours is null || begun == whole, $"{whole} was {begun} after {cut} bytes of {Convert.ToBase64String(input)}");
            }
        }

        Assert.True(opened > 300, $"Only {opened} requests opened a WebSocket: the rest wasn't tried on what comes after.");
    }

    [Fact]
    public void Frames_are_read_alike_wherever_they_are_cut()
    {
        var (messages, refused) = (0, 0);
        for (var round = 0; round < 3_000; round++)
        {
            var good = Enumerable.Range(0, random.Next(1, 5)).SelectMany(_ => SomeFrames()).ToArray();
            var input = round % 10 == 0 ? random.Some(random.Next(1, 300)) : round % 3 == 0 ? good : random.Mutated(good);
            var whole = ReadFrames(input, []);
            messages += whole.Count(said => said.StartsWith("Text", StringComparison.Ordinal));
            refused += whole[^1].EndsWith('!') ? 1 : 0;
            foreach (var cut in Cuts(input.Length))
            {
                Assert.Equal(whole, ReadFrames(input, [cut]));
            }

            // Byte by byte, as the slowest line would.
            Assert.Equal(whole, ReadFrames(input, [.. Enumerable.Range(0, input.Length)]));
        }

        Assert.True(messages > 1_000 && refused > 1_000, $"{messages} messages and {refused} refusals are too few to say much.");
    }

    [Theory, InlineData("json"), InlineData("messagepack")]
    public void What_is_no_message_of_the_hub_is_refused_as_that(string name)
    {
        IHubProtocol inner = name == "json" ? new JsonHubProtocol() : new MessagePackHubProtocol();
        var spoken = new SpokenProtocol(new OptionalArgumentsProtocol(inner), new HubMessages());
        HubMessage[] said =
        [
            new InvocationMessage("1", "Follow", ["news", "epoch:7"]), new InvocationMessage("Unfollow", ["news"]), PingMessage.Instance,
            new StreamInvocationMessage("2", "Follow", ["news"]), new CompletionMessage("3", "error", null, hasResult: false),
            new CompletionMessage("4", null, "result", hasResult: true), new StreamItemMessage("5", "item"), new CancelInvocationMessage("6"),
            new CloseMessage("bye", allowReconnect: true), new AckMessage(7), new SequenceMessage(8),
        ];
        var (read, refused) = (0, 0);
        for (var round = 0; round < 20_000; round++)
        {
            var good = inner.GetMessageBytes(said[random.Next(said.Length)]).ToArray();
            var input = new ReadOnlySequence<byte>(round % 10 == 0 ? random.Some(random.Next(1, 300)) : random.Mutated(good));
            try
            {
                for (var before = input.Length; spoken.TryParse(ref input, out _); before = input.Length)
                {
                    Assert.True(input.Length < before, "A message was read, and nothing was taken for it.");
                    read++;
                }
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.True(read > 1_000 && refused > 1_000, $"{read} messages and {refused} refusals are too few to say much.");
    }

    [Fact]
    public void A_position_is_read_or_it_is_none()
    {
        var read = 0;
        for (var round = 0; round < 100_000; round++)
        {
            var text = Encoding.Latin1.GetString(round % 4 == 0
                ? random.Some(random.Next(60))
                : random.Mutated(Encoding.ASCII.GetBytes($"{Guid.NewGuid():N}:{random.NextInt64() >> random.Next(64)}")));
            if (Position.TryParse(text, out var position))
            {
                read++;
                Assert.Matches("^[A-Za-z0-9]{1,32}$", position.Epoch);
                Assert.True(position.Seq >= 0);
                Assert.True(Position.TryParse(position.ToString(), out var again) && again == position, text);
            }
        }

        Assert.True(read > 10_000, $"Only {read} were positions.");
    }

    private static (bool? Ours, int Length, UpgradeRequest? Request) Read(ReadOnlySpan<byte> input)
    {
        var ours = UpgradeRequest.Read(input, out var length, out var request);
        return (ours, ours is true ? length : 0, request);
    }

    // What a session reads when the bytes come cut at these places: the messages, and why it was refused in the end, if it was.
    private static List<string> ReadFrames(byte[] bytes, int[] cuts)
    {
        var (reader, said, taken) = (new MessageReader(), new List<string>(), 0);
        foreach (var end in (int[])[.. cuts, bytes.Length])
        {
            var input = Bytes.InPieces(bytes.AsMemory(taken, end - taken), (end - taken) / 2);
            try
            {
                while (reader.TryRead(ref input, out var code, out var message))
                {
                    Assert.True(message.Length <= MessageReader.Limit);
                    said.Add($"{code} {Convert.ToHexString(message)}");
                }
            }
            catch (BadFrameException bad)
            {
                return [.. said, $"{bad.Reason.Name}!"];
            }

            Assert.InRange(input.Length, 0, end - taken);
            taken = end - (int)input.Length;
        }

        return [.. said, "more"];
    }

    private int[] Cuts(int length) => length < 40
        ? [.. Enumerable.Range(0, length + 1)]
        : [.. Enumerable.Range(0, 20).Select(_ => random.Next(length + 1))];

    // A message, perhaps in fragments with a control frame between them.
    private IEnumerable<byte> SomeFrames()
    {
        var payload = random.Some(random.Next(8) == 0 ? random.Next(1_100) : random.Next(40));
        var pieces = random.Next(4) == 0 ? random.Next(2, 5) : 1;
        for (var piece = 0; piece < pieces; piece++)
        {
            var code = piece > 0 ? OpCode.Continuation : random.Next(5) == 0 ? (OpCode)random.Next(8, 11) : OpCode.Text;
            foreach (var part in Masked(code, isFinal: piece == pieces - 1, payload[(payload.Length * piece / pieces)..(payload.Length * (piece + 1) / pieces)]))
            {
                yield return part;
            }

            if (random.Next(6) == 0)
            {
                foreach (var part in Masked(OpCode.Ping, isFinal: true, random.Some(random.Next(10))))
                {
                    yield return part;
                }
            }
        }
    }

    private byte[] Masked(OpCode code, bool isFinal, byte[] payload)
    {
        var mask = random.Some(4);
        var longer = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(longer, (ushort)payload.Length);
        return
        [
            (byte)((isFinal ? 0x80 : 0) | (int)code),
            .. payload.Length < 126 ? [(byte)(0x80 | payload.Length)] : (byte[])[0x80 | 126, .. longer],
            .. mask,
            .. payload.Select((value, i) => (byte)(value ^ mask[i & 3])),
        ];
    }
}
