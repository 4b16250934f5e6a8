using System.Buffers.Binary;
using System.Text;

namespace LiveFeed.Desk;

/// <summary>What a file is by its bytes. Names and Content-Types are only what its sender says.</summary>
internal static class PictureType
{
    private const int EndOfZip = 22;

    /// <summary>Whether it begins as a picture of a sort that is taken: JPEG, PNG, WebP or GIF.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> file) =>
        file.StartsWith<byte>([0xFF, 0xD8, 0xFF])
        || file.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])
        || file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8)
        || (file.Length > 12 && file.StartsWith("RIFF"u8) && file[8..12].SequenceEqual("WEBP"u8));

    /// <summary>
    /// Whether it is meant to be read as something else too. What is served is made anew and holds nothing of it, so this isn't what
    /// protects readers: nobody sends such a file by mistake, and the newsroom should hear of it.
    /// </summary>
    public static bool IsMore(ReadOnlySpan<byte> file) => EndsAsZip(file) || BeginsAsPdf(file) || IsScript(file);

    // A zip is read from its end: a record of 22 bytes and a comment whose length it tells (APPNOTE, 4.3.16).
    private static bool EndsAsZip(ReadOnlySpan<byte> file)
    {
        var tail = file[Math.Max(0, file.Length - EndOfZip - ushort.MaxValue)..];
        for (var at = tail.LastIndexOf("PK\u0005\u0006"u8); at >= 0; at = tail[..at].LastIndexOf("PK\u0005\u0006"u8))
        {
            if (at + EndOfZip <= tail.Length && at + EndOfZip + BinaryPrimitives.ReadUInt16LittleEndian(tail[(at + EndOfZip - 2)..]) == tail.Length)
            {
                return true;
            }
        }

        return false;
    }

    // Readers of PDF look for its head among the first 1024 bytes.
    private static bool BeginsAsPdf(ReadOnlySpan<byte> file) => file[..Math.Min(1024, file.Length)].IndexOf("%PDF-"u8) >= 0;

    // As a script a GIF is a name, then what its width would be: the begin of a comment or an assignment.
    private static bool IsScript(ReadOnlySpan<byte> file) =>
        (file.StartsWith("GIF8"u8) && file[6..].StartsWith("/*"u8)) || Holds(file, "<script"u8) || Holds(file, "<?php"u8);

    private static bool Holds(ReadOnlySpan<byte> file, ReadOnlySpan<byte> word)
    {
        for (var rest = file; rest.IndexOf(word[0]) is var at and >= 0; rest = rest[(at + 1)..])
        {
            if (at + word.Length <= rest.Length && Ascii.EqualsIgnoreCase(rest.Slice(at, word.Length), word))
            {
                return true;
            }
        }

        return false;
    }
}
