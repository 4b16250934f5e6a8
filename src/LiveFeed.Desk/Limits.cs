using LiveFeed.Archive;
using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>How many of a list are asked for.</summary>
internal static class Limits
{
    /// <summary>The rule that a limit breaks, or null. 20 unless given.</summary>
    public static BrokenRule? Check(string? text, out int limit)
    {
        limit = PageQuery.UsualLimit;
        return text is null || PageQuery.TryReadLimit(text, out limit)
            ? null
            : new("limit", "limit is a whole number from 1 to 100.");
    }
}
