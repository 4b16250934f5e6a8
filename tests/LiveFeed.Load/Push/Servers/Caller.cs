using System.Globalization;
using System.Text;

namespace LiveFeed.Load.Push.Servers;

/// <summary>What a caller of the floor wants.</summary>
internal enum Request
{
    Unfinished,
    Upgrade,
    Publish,
}

/// <summary>A connection to the floor: a publisher, or a reader.</summary>
internal sealed class Caller(int socket)
{
    private readonly List<byte> asked = [];

    public int Socket { get; } = socket;

    /// <summary>Among the readers; negative for who isn't one.</summary>
    public int Place { get; set; } = -1;

    /// <summary>What the socket has not taken yet.</summary>
    public List<byte> Left { get; } = [];

    /// <summary>Takes the next bytes of a request. Only what our own publisher and readers send is understood.</summary>
    public Request Ask(ReadOnlySpan<byte> bytes, out byte[] body)
    {
        asked.AddRange(bytes);
        var request = asked.ToArray().AsSpan();
        var head = request.IndexOf("\r\n\r\n"u8) + 4;
        var isUpgrade = request.StartsWith("GET "u8);
        body = [];
        if (head < 4 || (!isUpgrade && request.Length < head + LengthOf(request[..head])))
        {
            return Request.Unfinished;
        }

        body = request[head..].ToArray();
        asked.Clear();
        return isUpgrade ? Request.Upgrade : Request.Publish;
    }

    private static int LengthOf(ReadOnlySpan<byte> head)
    {
        var text = Encoding.ASCII.GetString(head);
        var at = text.IndexOf("Content-Length:", StringComparison.OrdinalIgnoreCase) + "Content-Length:".Length;
        return int.Parse(text.AsSpan(at, text.IndexOf('\r', at) - at), CultureInfo.InvariantCulture);
    }
}
