using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Hub;
using LiveFeed.Ticker.Ring;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace LiveFeed.Ticker.Push;

/// <summary>A protocol of SignalR's hub (JSON or MessagePack) as it is spoken on LiveFeed's own WebSockets.</summary>
internal sealed class SpokenProtocol(IHubProtocol protocol, HubMessages messages) : IInvocationBinder
{
    private readonly ConcurrentDictionary<FeedRing, Batches> batches = [];
    private readonly OpCode code = protocol.TransferFormat is TransferFormat.Text ? OpCode.Text : OpCode.Binary;

    // A rush of readers gets the same snapshot; its entries are encoded once.
    private readonly ConditionalWeakTable<IReadOnlyList<Entry>, Prepared> prepared = [];

    /// <summary>The protocol's name in the handshake.</summary>
    public string Name => protocol.Name;

    /// <summary>True when this version is spoken.</summary>
    public bool Speaks(int version) => protocol.IsVersionSupported(version);

    /// <summary>What readers of a feed are told.</summary>
    public Batches Of(FeedRing ring) => batches.GetOrAdd(ring, feed => new Batches(feed.Feed.Slug, messages, protocol));

    /// <summary>Takes the next message off the front of <paramref name="input"/>.</summary>
    /// <exception cref="InvalidDataException">It is no message of this protocol.</exception>
    public bool TryParse(ref ReadOnlySequence<byte> input, [NotNullWhen(true)] out HubMessage? message) =>
        protocol.TryParseMessage(ref input, this, out message);

    /// <summary>A message as a frame.</summary>
    public byte[] Encode(HubMessage message) => Frame.Of(code, protocol.GetMessageBytes(message).Span);

    /// <summary>The answer to <c>Follow</c> as a frame.</summary>
    public byte[] Encode(string invocationId, Followed answer)
    {
        // The id is all that differs between the readers of one snapshot, and clients count their calls from 0 or 1.
        var known = prepared.GetValue(answer.Entries, static _ => new Prepared());
        return known.For(invocationId, answer, () => Encode(CompletionMessage.WithResult(invocationId, answer)));
    }

    /// <inheritdoc/>
    public IReadOnlyList<Type> GetParameterTypes(string methodName) => methodName.ToUpperInvariant() switch
    {
        "FOLLOW" => [typeof(string), typeof(string)],
        "UNFOLLOW" or "MONITOR" => [typeof(string)],
        "SEEN" => [typeof(string), typeof(string), typeof(long?), typeof(long?)],
        _ => throw new InvalidOperationException($"There is no method {methodName}."),
    };

    /// <inheritdoc/>
    public Type GetReturnType(string invocationId) => typeof(object);

    /// <inheritdoc/>
    public Type GetStreamItemType(string streamId) => typeof(object);

    private sealed class Prepared
    {
        private volatile Answer? last;

        public byte[] For(string invocationId, Followed answer, Func<byte[]> encode)
        {
            if (last is { } held && held.InvocationId == invocationId && held.Position == answer.Position && held.Reset == answer.Reset)
            {
                return held.Frame;
            }

            var frame = encode();
            last = new(invocationId, answer.Position, answer.Reset, frame);
            return frame;
        }

        private sealed record Answer(string InvocationId, Position Position, bool Reset, byte[] Frame);
    }
}
