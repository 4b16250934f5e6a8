using System.Buffers;

namespace LiveFeed.Ticker.Tests;

/// <summary>Bytes as a pipe gives them: in pieces.</summary>
internal static class Bytes
{
    /// <summary>The same bytes in several segments.</summary>
    public static ReadOnlySequence<byte> InPieces(ReadOnlyMemory<byte> bytes, params ReadOnlySpan<int> at)
    {
        var (first, last, begin) = (new Piece(default, null), (Piece?)null, 0);
        last = first;
        foreach (var end in (int[])[.. at, bytes.Length])
        {
            last = new Piece(bytes[begin..end], last);
            begin = end;
        }

        return new(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            if (before is not null)
            {
                before.Next = this;
                RunningIndex = before.RunningIndex + before.Memory.Length;
            }
        }
    }
}
