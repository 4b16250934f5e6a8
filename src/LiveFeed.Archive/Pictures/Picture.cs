using System.Security.Cryptography;

namespace LiveFeed.Archive.Pictures;

/// <summary>A picture in the archive.</summary>
/// <param name="Id">Follows from the bytes that were sent, so that the same picture sent again is one picture: 32 characters of 0-9 and a-f.</param>
/// <param name="Renditions">The same picture in several widths, the narrowest first; at least one.</param>
public sealed record Picture(string Id, IReadOnlyList<Rendition> Renditions)
{
    /// <summary>The media type of every rendition. All browsers in use show it, and it is a third smaller than JPEG.</summary>
    public const string MediaType = "image/webp";

    /// <summary>The id of a picture that was sent as these bytes.</summary>
    public static string IdOf(ReadOnlySpan<byte> sent) => Convert.ToHexStringLower(SHA256.HashData(sent).AsSpan(0, 16));
}

/// <summary>A picture in one width.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Content">The file, as <see cref="Picture.MediaType"/>; empty where only the size was asked for.</param>
public sealed record Rendition(int Width, int Height, byte[] Content);
