namespace LiveFeed.Desk;

/// <summary>What a picture that is sent may be, and how many are seen to at once: whatever is sent, it costs no more than this.</summary>
internal static class PictureLimits
{
    /// <summary>Most bytes of the file that is sent: a good camera's JPEG.</summary>
    public const int Bytes = 10 * 1024 * 1024;

    /// <summary>Most pixels, width times height, as the file's head has it: it is judged before anything is decoded.</summary>
    public const long Pixels = 40_000_000;

    /// <summary>How many times as long as wide a picture may be, or as wide as long. Scaled to a reader's width it stays a picture then.</summary>
    public const int Ratio = 8;

    /// <summary>Most pictures that a node takes in at once; each may be <see cref="Bytes"/> of memory.</summary>
    public const int InHand = 16;

    /// <summary>Most pictures that a node decodes at once. The worst of them takes some 300 MB for about a second.</summary>
    public const int Decodes = 2;

    /// <summary>The longest that a picture may take on its way here: <see cref="Bytes"/> over a poor telephone line.</summary>
    public static readonly TimeSpan Upload = TimeSpan.FromMinutes(3);

    /// <summary>The longest that one may take to be decoded and made anew.</summary>
    public static readonly TimeSpan Work = TimeSpan.FromSeconds(20);
}
