using System.Buffers.Binary;

namespace LiveFeed.Ticker.Push;

/// <summary>WebSocket frames as a server writes them: whole, final, not masked (RFC 6455, section 5).</summary>
internal static class Frame
{
    /// <summary>The longest header of a frame that a server writes, in bytes.</summary>
    public const int LongestHeader = 10;

    /// <summary>A frame of its own.</summary>
    public static byte[] Of(OpCode code, ReadOnlySpan<byte> payload)
    {
        var header = HeaderLength(payload.Length);
        var frame = new byte[header + payload.Length];
        WriteHeader(frame, code, payload.Length);
        payload.CopyTo(frame.AsSpan(header));
        return frame;
    }

    /// <summary>How long the header of a payload is.</summary>
    public static int HeaderLength(int payload) => payload switch
    {
        < 126 => 2,
        <= ushort.MaxValue => 4,
        _ => LongestHeader,
    };

    /// <summary>Writes the header of a payload of a given length at the beginning of <paramref name="frame"/>.</summary>
    public static void WriteHeader(Span<byte> frame, OpCode code, int payload)
    {
        frame[0] = (byte)(0x80 | (int)code);
        switch (payload)
        {
            case < 126:
                frame[1] = (byte)payload;
                break;
            case <= ushort.MaxValue:
                frame[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)payload);
                break;
            default:
                frame[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(frame[2..], (ulong)payload);
                break;
        }
    }
}

/// <summary>What a frame carries (RFC 6455, section 11.8).</summary>
internal enum OpCode
{
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}
