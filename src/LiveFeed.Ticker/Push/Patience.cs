namespace LiveFeed.Ticker.Push;

/// <summary>How long a reader may keep still, in seconds.</summary>
internal static class Patience
{
    /// <summary>Not taking what it is sent: then it is cut, and brought up to date when it comes back.</summary>
    public const long Stalled = 9;

    /// <summary>Not being told anything: then it is told where it stands. Clients take a server that is silent for 20 s for dead.</summary>
    public const long Quiet = 10;

    /// <summary>Not being heard of: then it is asked.</summary>
    public const long Ask = 20;

    /// <summary>Not being heard of at all: then it is gone.</summary>
    public const long Silent = 40;

    /// <summary>From being told to go to having gone.</summary>
    public const long LastWords = 1;

    /// <summary>From connecting to the end of the handshake.</summary>
    public const long Handshake = 10;
}
