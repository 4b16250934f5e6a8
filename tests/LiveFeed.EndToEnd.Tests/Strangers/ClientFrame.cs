using System.Buffers.Binary;
using System.Text;

namespace LiveFeed.EndToEnd.Tests.Strangers;

/// <summary>WebSocket frames as a client writes them (RFC 6455, section 5), and as none should.</summary>
public static class ClientFrame
{
    public const int Text = 1;
    public const int Binary = 2;
    public const int Close = 8;
    public const int Ping = 9;
    public const int Pong = 10;

    // Any will do: a mask only keeps proxies from taking what a page sends for a request.
    private static readonly byte[] Mask = [0x5A, 0x3C, 0x96, 0xF1];

    /// <summary>A whole text message.</summary>
    public static byte[] Of(string text) => Of(Text, Encoding.UTF8.GetBytes(text));

    /// <param name="code">What it carries (RFC 6455, section 11.8).</param>
    /// <param name="payload">What it carries.</param>
    /// <param name="isFinal">Whether it ends its message.</param>
    /// <param name="reserved">The three bits that mean nothing yet.</param>
    /// <param name="isMasked">Whether it is masked, as a client's frames must be.</param>
    /// <param name="claims">The length that its header gives; the right one unless said.</param>
    public static byte[] Of(int code, byte[] payload, bool isFinal = true, int reserved = 0, bool isMasked = true, ulong? claims = null)
    {
        ArgumentNullException.ThrowIfNull(payload);
        var length = claims ?? (ulong)payload.Length;
        var header = new byte[10];
        header[0] = (byte)((isFinal ? 0x80 : 0) | (reserved << 4) | code);
        var size = 2;
        switch (length)
        {
            case < 126:
                header[1] = (byte)length;
                break;
            case <= ushort.MaxValue:
                header[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)length);
                size = 4;
                break;
            default:
                header[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(2), length);
                size = 10;
                break;
        }

        header[1] |= (byte)(isMasked ? 0x80 : 0);
        return isMasked
            ? [.. header[..size], .. Mask, .. payload.Select((value, i) => (byte)(value ^ Mask[i & 3]))]
            : [.. header[..size], .. payload];
    }
}
