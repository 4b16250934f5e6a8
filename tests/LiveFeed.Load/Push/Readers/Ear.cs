using System.Diagnostics;
using LiveFeed.Load.Push.Wire;

namespace LiveFeed.Load.Push.Readers;

/// <summary>A message has come to a reader that reads, without the byte that ends it.</summary>
internal delegate void Heard(Reader reader, ReadOnlySpan<byte> message, long now);

/// <summary>Takes the bytes that come to readers apart: the answer to the upgrade, frames, and messages that end with 0x1E.</summary>
internal sealed class Ear(Conversation conversation)
{
    private readonly byte[] buffer = new byte[1 << 20];

    /// <summary>Takes what has come. False when the connection has ended, or the server refuses.</summary>
    public bool Listen(Reader reader, Heard heard)
    {
        var begun = reader.Begun.Length;
        reader.Begun.CopyTo(buffer, 0);
        var came = RawSocket.Receive(reader.Socket, buffer.AsSpan(begun));
        if (came < 0)
        {
            return false;
        }

        var now = Stopwatch.GetTimestamp();
        ReadOnlySpan<byte> bytes = buffer.AsSpan(0, begun + came);
        if (reader.Stage == Stage.Upgrading && !PassUpgrade(reader, ref bytes))
        {
            return false;
        }

        while (reader.Stage != Stage.Upgrading && Frame.Read(bytes, out var operation, out var payload) is > 0 and var length)
        {
            bytes = bytes[length..];
            if (!Take(reader, operation, payload, now, heard))
            {
                return false;
            }
        }

        reader.Begun = bytes.IsEmpty ? [] : bytes.ToArray();
        return true;
    }

    private bool PassUpgrade(Reader reader, ref ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return true;
        }

        var accepted = bytes.StartsWith("HTTP/1.1 101"u8);
        bytes = bytes[(end + 4)..];
        return accepted && conversation.Upgraded(reader);
    }

    private bool Take(Reader reader, int operation, ReadOnlySpan<byte> payload, long now, Heard heard)
    {
        switch (operation)
        {
            case Frame.Close:
                return false;
            case Frame.Ping:
                RawSocket.Send(reader.Socket, Frame.FromClient(payload, Frame.Pong));
                return true;
            case Frame.Pong:
                return true;
        }

        while (payload.IndexOf((byte)0x1e) is >= 0 and var end)
        {
            var message = payload[..end];
            if (reader.Spoken.Length > 0)
            {
                message = (byte[])[.. reader.Spoken, .. message];
                reader.Spoken = [];
            }

            payload = payload[(end + 1)..];
            if (reader.Stage >= Stage.Reading)
            {
                heard(reader, message, now);
            }
            else if (!conversation.Answered(reader, message))
            {
                return false;
            }
        }

        if (!payload.IsEmpty)
        {
            reader.Spoken = [.. reader.Spoken, .. payload];
        }

        return true;
    }
}
