using System.Security.Cryptography;
using System.Text;
using LiveFeed.Ticker.Partners;
using LiveFeed.Ticker.Sockets;

namespace LiveFeed.Ticker.Push;

/// <summary>
/// A request to open a WebSocket at the hub without negotiation (RFC 6455, section 4.1). Only the plainest form is taken; whatever
/// is unusual about a request leaves it to ASP.NET, which knows all of HTTP and explains what is wrong.
/// </summary>
/// <param name="Key">The client's <c>Sec-WebSocket-Key</c>.</param>
/// <param name="Host">The host that was asked.</param>
/// <param name="Origin">The page that opens it, if a browser says so.</param>
/// <param name="ForwardedFor">The last address that a proxy has noted, if one did.</param>
/// <param name="PartnerKey">The partner's key in the address, if there is one.</param>
internal sealed record UpgradeRequest(string Key, string Host, string? Origin, string? ForwardedFor, string? PartnerKey)
{
    /// <summary>The hub's address.</summary>
    public const string Path = "/hubs/ticker";

    // RFC 6455, section 1.3.
    private const string Magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int LongestHead = Line.Piece;

    private static ReadOnlySpan<byte> Start => "GET /hubs/ticker"u8;

    private static ReadOnlySpan<byte> End => "\r\n\r\n"u8;

    /// <summary>Looks at what has come on a new connection.</summary>
    /// <param name="input">What has come.</param>
    /// <param name="length">How long the request is, in bytes, when it is one.</param>
    /// <param name="request">The request, when it is one.</param>
    /// <returns>True when it is one, false when it is something else, null when more has to come to tell.</returns>
    public static bool? Read(ReadOnlySpan<byte> input, out int length, out UpgradeRequest? request)
    {
        (length, request) = (0, null);
        input = input[..Math.Min(LongestHead, input.Length)];
        var have = Math.Min(Start.Length, input.Length);
        if (!input[..have].SequenceEqual(Start[..have]))
        {
            return false;
        }

        var end = input.IndexOf(End);
        if (end < 0)
        {
            return input.Length == LongestHead ? false : null;
        }

        length = end + End.Length;
        return Ascii.IsValid(input[..end]) && (request = Parse(Encoding.ASCII.GetString(input[..end]))) is not null;
    }

    /// <summary>The answer that opens the WebSocket (RFC 6455, section 4.2.2).</summary>
    public byte[] Accept() => Encoding.ASCII.GetBytes(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + $"Sec-WebSocket-Accept: {Convert.ToBase64String(Hash(Key + Magic))}\r\n\r\n");

    private static UpgradeRequest? Parse(string head)
    {
        var lines = head.Split("\r\n");
        if (!IsHubLine(lines[0]))
        {
            return null;
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.AsSpan(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            // A name given twice, a folded line, a space before the colon: all of them are for ASP.NET to judge.
            if (colon < 1 || line.AsSpan(0, colon).ContainsAny(" \t") || !headers.TryAdd(line[..colon], line[(colon + 1)..].Trim()))
            {
                return null;
            }
        }

        return headers.TryGetValue("Sec-WebSocket-Key", out var key) && IsKey(key)
            && headers.TryGetValue("Host", out var host)
            && headers.GetValueOrDefault("Sec-WebSocket-Version") == "13"
            && "websocket".Equals(headers.GetValueOrDefault("Upgrade"), StringComparison.OrdinalIgnoreCase)
            && Lists(headers.GetValueOrDefault("Connection"), "upgrade")
            && !headers.ContainsKey("Content-Length") && !headers.ContainsKey("Transfer-Encoding")
            && !headers.ContainsKey("Sec-WebSocket-Protocol")
                ? new UpgradeRequest(key, host, headers.GetValueOrDefault("Origin"), LastOf(headers.GetValueOrDefault("X-Forwarded-For")), KeyIn(lines[0]))
                : null;
    }

    // With an id the client has negotiated, and the connection is one that ASP.NET knows.
    private static bool IsHubLine(string line) =>
        line.Split(' ') is ["GET", var target, "HTTP/1.1"]
        && (target == Path || (target.StartsWith(Path + "?", StringComparison.Ordinal) && !HasId(target[(Path.Length + 1)..])));

    private static bool HasId(string query) =>
        query.Split('&').Any(pair => pair.StartsWith("id=", StringComparison.OrdinalIgnoreCase) || pair.Contains('%', StringComparison.Ordinal));

    private static string? KeyIn(string line) =>
        line.Split(' ')[1].Split('?', '&').FirstOrDefault(pair => pair.StartsWith(Site.KeyName + "=", StringComparison.Ordinal))?[(Site.KeyName.Length + 1)..];

    private static bool IsKey(string key) =>
        key.Length == 24 && Convert.TryFromBase64String(key, stackalloc byte[18], out var bytes) && bytes == 16;

    private static bool Lists(string? values, string wanted) =>
        values is not null && values.Split(',').Any(value => value.AsSpan().Trim().Equals(wanted, StringComparison.OrdinalIgnoreCase));

    private static string? LastOf(string? addresses) => addresses?[(addresses.LastIndexOf(',') + 1)..].Trim();

#pragma warning disable CA5350 // The standard wants SHA-1 here; nothing is kept secret by it.
    private static byte[] Hash(string text) => SHA1.HashData(Encoding.ASCII.GetBytes(text));
#pragma warning restore CA5350
}
