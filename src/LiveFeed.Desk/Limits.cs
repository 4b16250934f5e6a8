using System.Globalization;
using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>How many of a list are asked for.</summary>
internal static class Limits
{
    /// <summary>The rule that a limit breaks, or null. 20 unless given.</summary>
    public static BrokenRule? Check(string? text, out int limit)
    {
        limit = 20;
        return text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= 100)
            ? null
            : new("limit", "limit is a whole number from 1 to 100.");
    }
}
