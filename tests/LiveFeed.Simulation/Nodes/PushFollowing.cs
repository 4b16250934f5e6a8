using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using LiveFeed.Contracts;
using LiveFeed.Simulation.Newsroom;
using LiveFeed.Ticker.Hub;
using LiveFeed.Ticker.Push;
using LiveFeed.Ticker.Ring;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace LiveFeed.Simulation.Nodes;

/// <summary>LiveFeed's own push: the real backlog, batches and following, written as PushReader writes them when its shard walks.</summary>
internal sealed class PushFollowing(Node node, FeedRing ring, Line line) : Following(node, ring, line)
{
    public override async Task RunAsync(Position position)
    {
        var following = new Ticker.Push.Following(Ring, Node.Frames.Batches, position);
        var backlog = new Backlog();
        backlog.Start(following);
        for (var pulses = Ring.Pulses; ;)
        {
            var moved = Ring.Moved;
            while (backlog.TakeNext(out _) is { } frame)
            {
                // A frame that the line didn't take at once is written to its end before anything else.
                foreach (var message in Node.Frames.Read(frame, position.Epoch))
                {
                    await WriteAsync(message);
                }
            }

            if (Ring.Pulses is var now && now != pulses)
            {
                pulses = now;
                backlog.Add(following.Where());
                continue;
            }

            await moved;
        }
    }
}

/// <summary>A node's batches, in a protocol in which a number stands for each message.</summary>
internal sealed class Frames : IHubProtocol
{
    private readonly List<HubMessage> written = [];

    public Frames() => Batches = new Batches(Log.Feed, new HubMessages(), this);

    public Batches Batches { get; }

    public string Name => "numbers";

    public int Version => 1;

    public TransferFormat TransferFormat => TransferFormat.Binary;

    /// <summary>What a frame says to a reader of the log <paramref name="epoch"/>.</summary>
    public IEnumerable<Message> Read(byte[] frame, string epoch)
    {
        for (var at = frame[1] < 126 ? 2 : 4; at < frame.Length; at += sizeof(int))
        {
            var call = (InvocationMessage)written[BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(at))];
            yield return call.Target == "Updated" && call.Arguments is [Entry entry, long previous]
                ? new Updated(entry, previous, new Position(epoch, entry.Seq))
                : Position.TryParse((string?)call.Arguments[1], out var told) ? new Told(told)
                : throw new InvalidOperationException($"The push doesn't send {call.Target}.");
        }
    }

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message)
    {
        var number = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, written.Count);
        written.Add(message);
        return number;
    }

    public bool IsVersionSupported(int version) => true;

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message) =>
        throw new NotSupportedException();

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => throw new NotSupportedException();
}
