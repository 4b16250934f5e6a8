namespace LiveFeed.Ticker.Push;

/// <summary>Why a reader's connection ended. Each has a name to count it by, and what the reader is told.</summary>
/// <param name="Name">The name in metrics and logs.</param>
/// <param name="Code">The WebSocket status code (RFC 6455, section 7.4.1).</param>
/// <param name="Text">The reason in words; null where there is nobody left to tell.</param>
/// <param name="ComeBack">Whether the reader should come back by itself.</param>
public sealed record CloseReason(string Name, ushort Code, string? Text, bool ComeBack)
{
    /// <summary>The reader left, or its line broke.</summary>
    public static CloseReason Gone { get; } = new("gone", 1000, null, ComeBack: true);

    /// <summary>The node is going away.</summary>
    public static CloseReason GoingAway { get; } = new("going_away", 1001, "This node is going away; another one answers.", ComeBack: true);

    /// <summary>What came was no WebSocket frame, or no SignalR message.</summary>
    public static CloseReason Malformed { get; } = new("malformed", 1002, "What was sent is no message of the hub's protocol.", ComeBack: false);

    /// <summary>A message was longer than <see cref="MessageReader.Limit"/>.</summary>
    public static CloseReason TooLong { get; } = new("message_too_long", 1009, $"A message has at most {MessageReader.Limit} bytes.", ComeBack: false);

    /// <summary>The protocol asked for isn't spoken here.</summary>
    public static CloseReason UnknownProtocol { get; } = new("unknown_protocol", 1002, "The hub speaks json and messagepack, version 1.", ComeBack: false);

    /// <summary>The handshake didn't come in time.</summary>
    public static CloseReason NoHandshake { get; } = new("no_handshake", 1008, "The handshake did not come in time.", ComeBack: true);

    /// <summary>More calls came than anybody needs.</summary>
    public static CloseReason TooManyCalls { get; } = new("too_many_calls", 1008, "Too many calls came at once; come back later and call less.", ComeBack: false);

    /// <summary>The reader's page is on a site that may not show what it follows, or no longer. When it asks for the feed again, it is told the rule.</summary>
    public static CloseReason NotForThisSite { get; } = new("not_for_this_site", 1008, "This site may no longer show a feed that was followed.", ComeBack: true);

    /// <summary>The reader took nothing for too long; it is brought up to date when it comes back.</summary>
    public static CloseReason Stalled { get; } = new("stalled", 1008, null, ComeBack: true);

    /// <summary>Nothing was heard of the reader for too long, not even the answer to a ping.</summary>
    public static CloseReason Silent { get; } = new("silent", 1008, null, ComeBack: true);

    /// <summary>Something went wrong here.</summary>
    public static CloseReason Failed { get; } = new("failed", 1011, "Something went wrong here; please come back.", ComeBack: true);

    /// <summary>The one that an error of SignalR's tells; null when it tells another.</summary>
    internal static CloseReason? ToldBy(string? error) =>
        Array.Find(ForStrangers, reason => error?.EndsWith(reason.Text!, StringComparison.Ordinal) is true);

    // What SignalR's parser may end a connection for. It stands last: it needs the others.
    private static CloseReason[] ForStrangers { get; } = [Malformed, TooLong, TooManyCalls];
}
