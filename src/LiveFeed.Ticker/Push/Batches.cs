using LiveFeed.Contracts;
using LiveFeed.Ticker.Hub;
using LiveFeed.Ticker.Ring;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace LiveFeed.Ticker.Push;

/// <summary>
/// What a feed's readers are told, as WebSocket frames of one protocol. Readers who stand at the same place share one array,
/// and nearly all of them do.
/// </summary>
internal sealed class Batches(string feed, HubMessages messages, IHubProtocol protocol)
{
    // A reader who fell behind takes pieces of this size. It is also all that a reader who stopped reading holds on to.
    private const int Size = 32 * 1024;

    private readonly OpCode code = protocol.TransferFormat is Microsoft.AspNetCore.Connections.TransferFormat.Text ? OpCode.Text : OpCode.Binary;

    // By the place of the readers, so that a few who are behind don't push out what all the others need.
    private readonly Batch?[] held = new Batch?[16];
    private volatile Told? told;

    /// <summary>The changes after <paramref name="seq"/>, as many as fit into one frame. There must be one.</summary>
    public Batch After(RingState state, long seq)
    {
        ref var place = ref held[seq & 15];
        var batch = Volatile.Read(ref place);
        if (batch is null || batch.After != seq || !ReferenceEquals(batch.State, state))
        {
            batch = Make(state, seq);
            Volatile.Write(ref place, batch);
        }

        return batch;
    }

    /// <summary><c>Position(feed, position)</c>.</summary>
    public byte[] Position(Position position)
    {
        if (told is { } last && last.Position == position)
        {
            return last.Frame;
        }

        var frame = Frame.Of(code, messages.Position(feed, position).GetSerializedMessage(protocol).Span);
        told = new(position, frame);
        return frame;
    }

    private Batch Make(RingState state, long seq)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        var (length, upTo) = (0, state.Top with { Seq = seq });
        while (state.NextAfter(upTo) is { Kind: RingNextKind.Change, Entry: { } entry, Previous: var previous } && entry.Seq > upTo.Seq)
        {
            var part = messages.Updated(entry, previous).GetSerializedMessage(protocol);
            if (length > 0 && length + part.Length > Size)
            {
                break;
            }

            parts.Add(part);
            length += part.Length;
            upTo = upTo with { Seq = entry.Seq };
        }

        var header = Frame.HeaderLength(length);
        var frame = new byte[header + length];
        Frame.WriteHeader(frame, code, length);
        var at = header;
        foreach (var part in parts)
        {
            part.Span.CopyTo(frame.AsSpan(at));
            at += part.Length;
        }

        return new Batch(state, seq, upTo.Seq, parts.Count, frame);
    }

    private sealed record Told(Position Position, byte[] Frame);
}

/// <summary>Changes that leave in one write.</summary>
/// <param name="State">The state of the ring that they were taken from.</param>
/// <param name="After">Where a reader stands who gets them.</param>
/// <param name="UpTo">Where it stands afterwards.</param>
/// <param name="Changes">How many they are.</param>
/// <param name="Frame">They, as one WebSocket frame.</param>
internal sealed record Batch(RingState State, long After, long UpTo, int Changes, byte[] Frame);
