using System.Globalization;
using LiveFeed.Contracts;

namespace LiveFeed.Ticker.Pages;

/// <summary>Times as the pages show them.</summary>
internal static class Times
{
    /// <summary>The hour and minute in the feed's own time zone.</summary>
    public static string Local(Feed feed, DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, TimeZoneInfo.TryFindSystemTimeZoneById(feed.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc)
            .ToString("HH:mm", CultureInfo.InvariantCulture);
}
