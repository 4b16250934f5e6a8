using System.Buffers.Binary;

namespace LiveFeed.Load.Push.Wire;

/// <summary>WebSocket frames (RFC 6455, section 5.2) without extensions.</summary>
internal static class Frame
{
    public const int Close = 8, Ping = 9, Pong = 10;
    private const int Text = 1, Last = 0x80, Masked = 0x80;

    /// <summary>
    /// The first frame of what a server sent: what it is, what it holds, and how long it is as a whole; 0 when it isn't all there.
    /// </summary>
    public static int Read(ReadOnlySpan<byte> bytes, out int operation, out ReadOnlySpan<byte> payload)
    {
        operation = 0;
        payload = default;
        if (bytes.Length < 2)
        {
            return 0;
        }

        operation = bytes[0] & 0x0F;
        var (head, length) = (bytes[1] & 0x7F) switch
        {
            126 => (4, bytes.Length < 4 ? int.MaxValue - 16 : BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])),
            127 => (10, bytes.Length < 10 ? int.MaxValue - 16 : checked((int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]))),
            var small => (2, small),
        };
        if (bytes.Length < head + length)
        {
            return 0;
        }

        payload = bytes.Slice(head, length);
        return head + length;
    }

    /// <summary>A text as a server sends it.</summary>
    public static byte[] FromServer(ReadOnlySpan<byte> text)
    {
        byte[] head = text.Length switch
        {
            < 126 => [Last | Text, (byte)text.Length],
            <= ushort.MaxValue => [Last | Text, 126, (byte)(text.Length >> 8), (byte)text.Length],
            _ => throw new ArgumentException("Nothing that long is measured.", nameof(text)),
        };
        return [.. head, .. text];
    }

    /// <summary>A short text as a client sends it. The mask is 0, which leaves the text as it is.</summary>
    public static byte[] FromClient(ReadOnlySpan<byte> text, int operation = Text)
    {
        byte[] head = text.Length < 126
            ? [(byte)(Last | operation), (byte)(Masked | text.Length)]
            : [(byte)(Last | operation), Masked | 126, (byte)(text.Length >> 8), (byte)text.Length];
        return [.. head, 0, 0, 0, 0, .. text];
    }
}
