using System.Buffers;
using System.Buffers.Binary;

namespace LiveFeed.Ticker.Push;

/// <summary>
/// Reads a reader's WebSocket frames (RFC 6455, section 5) and puts fragments together. A reader sends slugs and positions, so
/// a message is short; what is longer is refused by its header, before it is waited for.
/// </summary>
internal sealed class MessageReader
{
    /// <summary>The longest message that is taken, in bytes.</summary>
    public const int Limit = 1024;

    // A fragment costs its sender six bytes, and us a copy of all that came before it.
    private const int MostFragments = 16;

    private byte[]? fragments;
    private int held;
    private OpCode fragmented;

    /// <summary>Takes the next whole message, or control frame, off the front of what has come.</summary>
    /// <param name="input">What has come; what is taken is sliced off.</param>
    /// <param name="code">What it is; never a continuation.</param>
    /// <param name="message">It, unmasked.</param>
    /// <returns>False when more has to come first.</returns>
    /// <exception cref="BadFrameException">It breaks the protocol, or is too long.</exception>
    public bool TryRead(ref ReadOnlySequence<byte> input, out OpCode code, out byte[] message)
    {
        while (TryReadFrame(ref input, out code, out var isFinal, out message))
        {
            if (code >= OpCode.Close)
            {
                return true;
            }

            if (code is OpCode.Continuation == fragments is null)
            {
                throw new BadFrameException(CloseReason.Malformed);
            }

            if (code is OpCode.Continuation)
            {
                message = [.. fragments!, .. message];
                code = fragmented;
                fragments = null;
            }

            if (message.Length > Limit)
            {
                throw new BadFrameException(CloseReason.TooLong);
            }

            held = isFinal ? 0 : held + 1;
            if (isFinal)
            {
                return true;
            }

            if (held > MostFragments)
            {
                throw new BadFrameException(CloseReason.TooManyCalls);
            }

            (fragments, fragmented) = (message, code);
        }

        return false;
    }

    private static bool TryReadFrame(ref ReadOnlySequence<byte> input, out OpCode code, out bool isFinal, out byte[] payload)
    {
        Span<byte> header = stackalloc byte[14];
        var have = (int)Math.Min(header.Length, input.Length);
        input.Slice(0, have).CopyTo(header);
        (code, isFinal, payload) = ((OpCode)(header[0] & 0x0F), (header[0] & 0x80) != 0, []);
        if (have < 2)
        {
            return false;
        }

        (ulong length, var at) = (header[1] & 0x7F) switch
        {
            126 => (have < 4 ? 0UL : BinaryPrimitives.ReadUInt16BigEndian(header[2..]), 4),
            127 => (have < 10 ? 0UL : BinaryPrimitives.ReadUInt64BigEndian(header[2..]), 10),
            var small => ((ulong)small, 2),
        };
        Check(header[0], header[1], code, isFinal, length);
        if (have < at + 4 || (ulong)input.Length < (ulong)at + 4 + length)
        {
            return false;
        }

        payload = input.Slice(at + 4, (long)length).ToArray();
        var mask = header.Slice(at, 4);
        for (var i = 0; i < payload.Length; i++)
        {
            payload[i] ^= mask[i & 3];
        }

        input = input.Slice((long)at + 4 + payload.Length);
        return true;
    }

    private static void Check(byte first, byte second, OpCode code, bool isFinal, ulong length)
    {
        var isControl = code >= OpCode.Close;
        var reserved = (first & 0x70) != 0;
        var masked = (second & 0x80) != 0;
        if (reserved || !masked || !Enum.IsDefined(code) || (isControl && (!isFinal || length > 125)))
        {
            throw new BadFrameException(CloseReason.Malformed);
        }

        if (length > Limit)
        {
            throw new BadFrameException(CloseReason.TooLong);
        }
    }
}

/// <summary>What a reader sent can't be read on from.</summary>
internal sealed class BadFrameException(CloseReason reason) : Exception(reason.Text)
{
    public CloseReason Reason { get; } = reason;
}
