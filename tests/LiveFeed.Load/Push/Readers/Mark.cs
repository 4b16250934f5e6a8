using System.Buffers.Text;
using System.Diagnostics;

namespace LiveFeed.Load.Push.Readers;

/// <summary>
/// What tells an item apart on its way: its number and when it was published (<see cref="Stopwatch"/>'s ticks). It stands in the
/// headline, in letters that no encoding changes, and is found without parsing what is around it.
/// </summary>
internal readonly record struct Mark(long Number, long At)
{
    public override string ToString() => $"LOAD{Number}AT{At}END";

    /// <summary>The first mark in a message; null when there is none.</summary>
    public static Mark? Find(ReadOnlySpan<byte> message)
    {
        var from = message.IndexOf("LOAD"u8);
        if (from < 0 || !Utf8Parser.TryParse(message[(from + 4)..], out long number, out var digits))
        {
            return null;
        }

        return Utf8Parser.TryParse(message[(from + 4 + digits + 2)..], out long at, out _) ? new(number, at) : null;
    }
}
