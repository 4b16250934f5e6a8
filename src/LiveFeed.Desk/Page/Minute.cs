using System.Globalization;

namespace LiveFeed.Desk;

/// <summary>Times on the desk's plain pages.</summary>
internal static class Minute
{
    /// <summary>A time to the minute, as <c>2026-11-24 14:03 UTC</c>.</summary>
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
