using System.Security.Cryptography;
using System.Text;

namespace LiveFeed.Server.Commands.Import;

/// <summary>UUIDs that follow from names (RFC 9562, version 8, from a SHA-256): the same names give the same UUID, anywhere.</summary>
internal static class StableId
{
    public static Guid Of(params ReadOnlySpan<string> names)
    {
        // Every name with its length before it, or ("a", "bc") and ("ab", "c") would be the same.
        var text = new StringBuilder("livefeed-import");
        foreach (var name in names)
        {
            text.Append('\n').Append(name.Length).Append(':').Append(name);
        }

        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
