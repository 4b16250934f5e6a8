using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using NetVips;

namespace LiveFeed.EndToEnd.Tests.Pictures;

/// <summary>Pictures as cameras and programs write them, and files that only look like some.</summary>
internal static class Files
{
    /// <summary>What must not come through: it stands in a picture's GPS block.</summary>
    public const string Secret = "SECRETPLACE";

    /// <summary>A picture whose left half is red and whose right half is blue.</summary>
    public static Image TwoColours(int width, int height)
    {
        using var red = Image.Black(width / 2, height, bands: 3) + new double[] { 220, 20, 20 };
        using var blue = Image.Black(width - (width / 2), height, bands: 3) + new double[] { 20, 20, 220 };
        using var both = red.Join(blue, Enums.Direction.Horizontal);
        return both.Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
    }

    public static byte[] Jpeg(int width, int height) => Made(width, height, image => image.JpegsaveBuffer());

    public static byte[] Png(int width, int height) => Made(width, height, image => image.PngsaveBuffer());

    public static byte[] WebP(int width, int height) => Made(width, height, image => image.WebpsaveBuffer());

    public static byte[] Gif(int width, int height) => Made(width, height, image => image.GifsaveBuffer());

    /// <summary>A JPEG of a camera that was held upright (Exif orientation 6: the left is the top) and wrote down where.</summary>
    public static byte[] FromCamera(int width, int height)
    {
        var jpeg = Jpeg(width, height);
        byte[] gps = [1, 0, 0x1D, 0, 2, 0, 12, 0, 0, 0, 56, 0, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(Secret), 0];
        byte[] exif =
        [
            .. "Exif\0\0II*\0"u8, 8, 0, 0, 0,
            2, 0,
            0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0,
            0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0,
            0, 0, 0, 0, .. gps,
        ];
        byte[] head = [0xFF, 0xE1, (byte)((exif.Length + 2) >> 8), (byte)(exif.Length + 2), .. exif];
        return [.. jpeg[..2], .. head, .. jpeg[2..]];
    }

    public static byte[] MovingGif()
    {
        using var first = TwoColours(60, 40);
        using var second = first.Flip(Enums.Direction.Horizontal);
        using var film = first.Join(second, Enums.Direction.Vertical).Mutate(frames => frames.Set(GValue.GIntType, "page-height", 40));
        return film.GifsaveBuffer();
    }

    /// <summary>A PNG with as many pixels as its head says, all black, one bit each.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="rows">How many rows there are in truth; all unless said.</param>
    public static byte[] BlackPng(int width, int height, int? rows = null)
    {
        using var pixels = new MemoryStream();
        using (var packed = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + ((width + 7) / 8)];
            for (var i = 0; i < (rows ?? height); i++)
            {
                packed.Write(row);
            }
        }

        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        head[8] = 1;
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", head), .. Chunk("IDAT", pixels.ToArray()), .. Chunk("IEND", [])];
    }

    public static byte[] Zip()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("run.js").Open();
            entry.Write("alert(1)"u8);
        }

        return file.ToArray();
    }

    /// <summary>A GIF that is a script too: read as one, its head is a name, and all up to the end a comment.</summary>
    public static byte[] GifScript()
    {
        var gif = Gif(40, 30);
        "/*"u8.CopyTo(gif.AsSpan(6));
        return [.. gif, .. "*/=1;alert(1)"u8];
    }

    private static byte[] Made(int width, int height, Func<Image, byte[]> save)
    {
        using var image = TwoColours(width, height);
        return save(image);
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. content];
        var chunk = new byte[named.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        named.CopyTo(chunk.AsSpan(4));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(named));
        return chunk;
    }

    // PNG's own sum (annex D); the frameworks' are in packages.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var one in bytes)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) == 1 ? (sum >> 1) ^ 0xEDB88320 : sum >> 1;
            }
        }

        return ~sum;
    }
}
